//! What stands in one output.

use super::RunPlan;

impl RunPlan<'_> {
    /// Whether several texts are written into one output one after another, as far as names tell the formats.
    pub fn joins_texts(&self) -> bool {
        let texts = self.inputs.iter().filter(|selected| self.format_by_name(&selected.input).is_one_text);
        self.is_joined && texts.count() > 1
    }
}
