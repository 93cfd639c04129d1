//! Where results go: into one output, each into a file of a folder, or over its input.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::super::super::args::{OutputArgs, OutputEncoding};
use super::super::folders::Selected;
use super::RunPlan;
use crate::io::{Input, ShownPath};

impl RunPlan<'_> {
    /// The same plan, with results that are written as the arguments say. A file is never replaced by a result that
    /// lacks some of its bytes, so reading is strict in place.
    ///
    /// # Errors
    /// If two results would have one name in a folder, or a result the name of an input.
    pub fn written(self, args: &OutputArgs) -> anyhow::Result<Self> {
        let unencodable = Some(args.unencodable);
        let (output_encoding, flush, progress) = (args.output_encoding, args.flush, args.progress);
        let plan = Self { output_encoding, unencodable, flush, progress, ..self };
        Ok(match &args.output_dir {
            Some(folder) => plan.in_folder(folder)?,
            None if args.in_place => plan.reading(|reading| reading.strict = true),
            None => plan.joined(),
        })
    }

    /// The same plan, with all results in one output.
    pub fn joined(self) -> Self {
        Self { is_joined: self.inputs.len() > 1, ..self }
    }

    /// The same plan, with the result of each input in a file of this folder.
    ///
    /// # Errors
    /// If two results would have one name, or a result the name of an input.
    pub fn in_folder(self, folder: &Path) -> anyhow::Result<Self> {
        let inputs = self.inputs.into_iter().map(Selected::with_result_name).collect();
        let plan = Self { inputs, ..self };
        plan.refuse_collisions(folder)?;
        Ok(plan)
    }

    /// The same plan, with results in the encodings of their inputs.
    pub fn in_same_encoding(self) -> Self {
        Self { output_encoding: Some(OutputEncoding::Same), ..self }
    }

    fn refuse_collisions(&self, folder: &Path) -> anyhow::Result<()> {
        let inputs: HashSet<PathBuf> = self.inputs.iter().filter_map(|file| file.input.resolved()).collect();
        let mut places: HashMap<&Path, &Input> = HashMap::new();
        for Selected { input, place } in &self.inputs {
            let result = folder.join(place);
            anyhow::ensure!(*input != Input::Standard, "--output-dir needs names; standard input has none");
            if let Some(first) = places.insert(place, input) {
                anyhow::bail!("{}: would be the result of {first} and of {input}", result.shown());
            }
            let replaces = result.canonicalize().is_ok_and(|result| inputs.contains(&result));
            anyhow::ensure!(!replaces, "{}: is an input; --in-place replaces inputs", result.shown());
        }
        Ok(())
    }

    /// The same plan for a run that replaces files and changes nothing but their articles. Each file keeps its encoding.
    pub fn fixing(self) -> Self {
        self.in_same_encoding().reading(|reading| reading.strict = true)
    }

    /// Whether several texts are written into one output one after another, as far as names tell the formats.
    pub fn joins_texts(&self) -> bool {
        let texts = self.inputs.iter().filter(|selected| self.format_by_name(&selected.input).is_one_text);
        self.is_joined && texts.count() > 1
    }
}
