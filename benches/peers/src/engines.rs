//! The converters, each as one closure that turns text into converted text.

use std::path::Path;

use anyhow::anyhow;
use ferrous_opencc::config::BuiltinConfig;
use zhconv::Variant;

/// Converts one text.
pub type Convert = Box<dyn Fn(&str) -> String>;

/// Opens an engine for a configuration; `None` if it has no similar one.
type Open = fn(&str) -> anyhow::Result<Option<Convert>>;

/// All engines by name.
pub const ENGINES: [(&str, Open); 5] = [
    ("qingwen", qingwen),
    ("OpenCC 1.4.2", opencc),
    ("ferrous-opencc 0.4", ferrous),
    ("opencc-fmmseg 0.13", fmmseg),
    ("zhconv 0.4.2", zhconv),
];

/// Indices into [`ENGINES`].
pub const QINGWEN: usize = 0;
pub const OPENCC: usize = 1;

fn qingwen(configuration: &str) -> anyhow::Result<Option<Convert>> {
    let worker = qingwen::Converter::new(configuration)?.worker();
    Ok(Some(Box::new(move |text| {
        let mut output = String::with_capacity(text.len());
        worker.convert_into(text, &mut output);
        output
    })))
}

fn opencc(configuration: &str) -> anyhow::Result<Option<Convert>> {
    let folder = std::env::var_os("ORACLE_OPENCC").ok_or(anyhow!("ORACLE_OPENCC is not set: use run"))?;
    let file = Path::new(&folder).join(format!("opencc/clib/share/opencc/{configuration}.json"));
    let opencc = opencc_rust::OpenCC::new(file).map_err(|error| anyhow!("OpenCC: {error}"))?;
    Ok(Some(Box::new(move |text| opencc.convert(text).unwrap_or_default())))
}

fn ferrous(configuration: &str) -> anyhow::Result<Option<Convert>> {
    let known = match configuration {
        "t2s" => BuiltinConfig::T2s,
        "s2t" => BuiltinConfig::S2t,
        "s2tw" => BuiltinConfig::S2tw,
        "s2twp" => BuiltinConfig::S2twp,
        "tw2sp" => BuiltinConfig::Tw2sp,
        "s2hk" => BuiltinConfig::S2hk,
        "hk2s" => BuiltinConfig::Hk2s,
        _ => return Ok(None),
    };
    let converter = ferrous_opencc::OpenCC::from_config(known)?;
    Ok(Some(Box::new(move |text| converter.convert(text))))
}

fn fmmseg(configuration: &str) -> anyhow::Result<Option<Convert>> {
    let mut converter = opencc_fmmseg::OpenCC::new();
    // Otherwise it spreads long texts over all cores.
    converter.set_parallel(false);
    let configuration = configuration.to_owned();
    Ok(Some(Box::new(move |text| converter.convert(text, &configuration, false))))
}

/// zhconv has targets, not configurations. These are the nearest ones, with OpenCC's tables.
fn zhconv(configuration: &str) -> anyhow::Result<Option<Convert>> {
    let variant = match configuration {
        "t2s" | "hk2s" => Variant::ZhHans,
        "tw2sp" => Variant::ZhCN,
        "s2t" => Variant::ZhHant,
        "s2tw" | "s2twp" => Variant::ZhTW,
        "s2hk" => Variant::ZhHK,
        _ => return Ok(None),
    };
    Ok(Some(Box::new(move |text| zhconv::zhconv(text, variant))))
}
