//! `qingwen inspect`.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::Outcome;
use super::args::InspectArgs;
use super::articles::{self, Article, Outputs, Task};
use super::converter;
use crate::script::Ambiguity;
use crate::{Converter, Document, Script, ScriptCount, Trace};

pub(super) fn run(args: &InspectArgs) -> anyhow::Result<Outcome> {
    let mut inspecting = Inspecting {
        converter: converter::open(&args.exact)?,
        json: args.json,
        stream: anstream::AutoStream::new(io::stdout(), args.color.color.into()),
    };
    let outcome = articles::run(&args.input, &Outputs::nowhere(), &mut inspecting)?;
    inspecting.stream.flush()?;
    Ok(outcome)
}

struct Inspecting {
    converter: Option<Converter>,
    json: bool,
    stream: anstream::AutoStream<io::Stdout>,
}

/// What there is to know of a line.
#[derive(Serialize)]
struct Inspection<'a> {
    doc: &'a str,
    /// 1-based physical line.
    line: usize,
    /// `None` where no character decides, or as many for each script.
    script: Option<Script>,
    #[serde(flatten)]
    count: ScriptCount,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Trace>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ambiguities: Vec<Ambiguity>,
}

impl Task for Inspecting {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        let document = Document::new(article.text);
        for line in document.lines() {
            let inspection = self.inspect(article.name, line.number, document.text(line));
            let text = if self.json { serde_json::to_string(&inspection)? + "\n" } else { row(&inspection) };
            self.stream.write_all(text.as_bytes())?;
        }
        Ok(Cow::Borrowed(article.text))
    }
}

impl Inspecting {
    fn inspect<'a>(&self, doc: &'a str, line: usize, text: &'a str) -> Inspection<'a> {
        let count = ScriptCount::of(text);
        let converter = self.converter.as_ref();
        Inspection {
            doc,
            line,
            script: count.majority(),
            count,
            text,
            trace: converter.map(|converter| converter.trace(text)),
            ambiguities: converter.map(|converter| converter.ambiguities(text)).unwrap_or_default(),
        }
    }
}

fn row(inspection: &Inspection) -> String {
    let (name, style) = match inspection.script {
        Some(Script::Hans) => ("hans", AnsiColor::Yellow.on_default()),
        Some(Script::Hant) => ("hant", AnsiColor::Cyan.on_default()),
        None => ("-", Style::new().dimmed()),
    };
    let ScriptCount { hans, hant } = inspection.count;
    let mut row = format!(
        "{:>6}  {style}{name:<4}{style:#} {hans:>4}:{hant:<4} {}\n",
        inspection.line, inspection.text
    );
    if let Some(trace) = inspection.trace.as_ref().filter(|_| !inspection.text.is_empty()) {
        let _ = writeln!(row, "        segments  {}", trace.segments.join(" / "));
        for (number, step) in trace.steps.iter().enumerate() {
            let _ = writeln!(row, "        step {:<4} {}", number + 1, step.join(" / "));
        }
    }
    for ambiguity in &inspection.ambiguities {
        let candidates = ambiguity.candidates.join(" ");
        let _ = writeln!(row, "        ambiguous {} → {candidates}", ambiguity.key);
    }
    row
}
