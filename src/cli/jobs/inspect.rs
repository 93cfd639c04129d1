//! `qingwen inspect`.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::super::args::InspectArgs;
use super::super::destination::Destination;
use super::super::run::{RunPlan, run};
use super::super::{Ending, converter, sinks};
use super::{Article, Job, Outcome};
use crate::convert::{
    Ambiguity, Choice, Conversion, ConversionOptions, Converter, Document, Span, Target, Trace,
};
use crate::identify::{Identification, Script, ScriptCount, Variety, Verdict};
use crate::report::terminal::visible;

pub(in crate::cli) fn command(args: &InspectArgs) -> anyhow::Result<Ending> {
    let target = args.to.unwrap_or(Target::Keep);
    let job = Inspect {
        converter: converter::open(&args.exact, &args.towards)?,
        target,
        options: if args.exact.config.is_some() {
            Default::default()
        } else {
            args.towards.options(target)?
        },
        json: args.json,
    };
    let sinks = sinks::Sinks::begin().with(sinks::of_inspect(args));
    let plan = RunPlan::new(&args.input, &[])?.of_any_text().quiet(args.quiet);
    run(&plan, &job, Destination::nowhere(), sinks)
}

/// Reports the script of texts, and how they convert.
struct Inspect {
    converter: Option<Converter>,
    target: Target,
    options: ConversionOptions,
    json: bool,
}

impl Job for Inspect {
    fn process(&self, article: &Article) -> Outcome {
        let shown = if article.text.is_empty() { String::new() } else { self.shown(article) };
        Outcome { shown: shown.into_bytes(), ..Outcome::default() }
    }
}

/// The inspection of a document.
#[derive(Serialize)]
struct DocumentInspection<'a> {
    level: &'static str,
    doc: &'a str,
    #[serde(flatten)]
    identified: Identification,
}

/// The inspection of a line.
#[derive(Serialize)]
struct Inspection<'a> {
    level: &'static str,
    doc: &'a str,
    /// 1-based physical line.
    line: usize,
    #[serde(flatten)]
    identified: Identification,
    text: &'a str,
    /// The clauses, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<ClauseRecord>,
    /// The deciding characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    characters: Vec<CharacterRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    choices: Vec<Choice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<Trace>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ambiguities: Vec<Ambiguity>,
}

#[derive(Serialize)]
struct ClauseRecord {
    #[serde(flatten)]
    span: Span,
    #[serde(flatten)]
    identified: Identification,
}

#[derive(Serialize)]
struct CharacterRecord {
    start: usize,
    character: char,
    script: Script,
}

impl Inspect {
    /// The output for an article: a row for the document, and a row for each line.
    fn shown(&self, article: &Article) -> String {
        let document = Document::new(article.text);
        let lines = document.lines().iter().map(|line| document.text(line));
        let conversion = Conversion::with(self.target, &self.options, lines);
        let whole = DocumentInspection {
            level: "document",
            doc: article.name,
            identified: Identification::of(article.text),
        };
        let mut shown = if self.json { json_line(&whole) } else { heading(&whole) };
        for (index, line) in document.lines().iter().enumerate() {
            let text = document.text(line);
            let mut inspection = self.inspect(article.name, line.number, text);
            inspection.choices = conversion.choices(index, text);
            shown += &if self.json { json_line(&inspection) } else { row(&inspection) };
        }
        shown
    }

    fn inspect<'a>(&self, doc: &'a str, line: usize, text: &'a str) -> Inspection<'a> {
        let converter = self.converter.as_ref();
        let clauses: Vec<ClauseRecord> = Identification::of_clauses(text)
            .map(|(span, identified)| ClauseRecord { span, identified })
            .collect();
        let characters = Identification::of_characters(text)
            .map(|(start, character, script)| CharacterRecord { start, character, script });
        Inspection {
            level: "line",
            doc,
            line,
            identified: Identification::of(text),
            text,
            clauses: if clauses.len() > 1 { clauses } else { Vec::new() },
            characters: characters.collect(),
            choices: Vec::new(),
            trace: converter.map(|converter| converter.trace(text)),
            ambiguities: converter.map(|converter| converter.ambiguities(text)).unwrap_or_default(),
        }
    }
}

fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

fn style_of(script: Verdict) -> Style {
    match script {
        Verdict::Hans => HANS,
        Verdict::Hant => HANT,
        Verdict::Shared | Verdict::Unknown => Style::new().dimmed(),
    }
}

const HANS: Style = AnsiColor::Yellow.on_default();
const HANT: Style = AnsiColor::Cyan.on_default();

fn heading(whole: &DocumentInspection) -> String {
    format!("{}  {}\n", verdict(&whole.identified), visible(whole.doc))
}

/// The script, its confidence, and the number of deciding characters of each script.
fn verdict(identified: &Identification) -> String {
    let style = style_of(identified.script);
    let region = match identified.region {
        Some(Variety::Tw) => "-tw",
        Some(Variety::Hk) => "-hk",
        Some(Variety::Other) | None => "",
    };
    let name = format!("{}{region}", identified.script.name());
    let ScriptCount { hans, hant } = identified.count;
    let percent = (identified.confidence * 100.0).round();
    format!("{style}{name:<7}{style:#} {percent:>3}% {hans:>4}:{hant:<4}")
}

/// A line with its deciding characters in their script's colour.
fn coloured(inspection: &Inspection) -> String {
    let mut text = String::new();
    let mut copied = 0;
    for CharacterRecord { start, character, script } in &inspection.characters {
        let style = if *script == Script::Hans { HANS } else { HANT };
        let _ = write!(text, "{}{style}{character}{style:#}", visible(&inspection.text[copied..*start]));
        copied = start + character.len_utf8();
    }
    text + &visible(&inspection.text[copied..])
}

fn row(inspection: &Inspection) -> String {
    let identified = verdict(&inspection.identified);
    let mut row = format!("{:>6}  {identified} {}\n", inspection.line, coloured(inspection));
    for choice in &inspection.choices {
        let _ = writeln!(row, "        {choice}");
    }
    if let Some(trace) = inspection.trace.as_ref().filter(|_| !inspection.text.is_empty()) {
        let _ = writeln!(row, "        segments  {}", visible(&trace.segments.join(" / ")));
        for (number, step) in trace.steps.iter().enumerate() {
            let _ = writeln!(row, "        step {:<4} {}", number + 1, visible(&step.join(" / ")));
        }
    }
    for ambiguity in &inspection.ambiguities {
        let candidates = ambiguity.candidates.join(" ");
        let _ = writeln!(row, "        ambiguous {} → {candidates}", ambiguity.key);
    }
    row
}
