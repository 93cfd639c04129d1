//! Probabilities of labels: forwards and backwards over the lines of a document.

use super::label::LABELS;
use super::parameters::Model;

/// By line, the probability of each label, given the scores of all lines.
pub(super) fn probabilities(model: &Model, scores: &[[f32; LABELS]]) -> Vec<[f32; LABELS]> {
    let own: Vec<_> = scores.iter().map(odds).collect();
    let mut forward: Vec<[f32; LABELS]> = Vec::with_capacity(own.len());
    for line in &own {
        let before = match forward.last() {
            Some(last) => times_columns(&model.odds, last),
            None => model.header.start.map(f32::exp),
        };
        forward.push(scaled(product(&before, line)));
    }
    let mut behind = model.header.end.map(f32::exp);
    for (forward, line) in forward.iter_mut().zip(&own).rev() {
        *forward = scaled(product(forward, &behind));
        behind = scaled(times_rows(&model.odds, &product(line, &behind)));
    }
    forward
}

/// The exponentials of scores, the largest being 1.
fn odds(scores: &[f32; LABELS]) -> [f32; LABELS] {
    let largest = scores.iter().copied().fold(f32::MIN, f32::max);
    scores.map(|score| (score - largest).max(-60.0).exp())
}

fn product(a: &[f32; LABELS], b: &[f32; LABELS]) -> [f32; LABELS] {
    std::array::from_fn(|label| a[label] * b[label])
}

fn scaled(values: [f32; LABELS]) -> [f32; LABELS] {
    let sum: f32 = values.iter().sum();
    values.map(|value| if sum > 0.0 { value / sum } else { 1.0 / LABELS as f32 })
}

fn times_columns(odds: &[[f32; LABELS]; LABELS], from: &[f32; LABELS]) -> [f32; LABELS] {
    std::array::from_fn(|to| (0..LABELS).map(|label| from[label] * odds[label][to]).sum())
}

fn times_rows(odds: &[[f32; LABELS]; LABELS], to: &[f32; LABELS]) -> [f32; LABELS] {
    std::array::from_fn(|from| (0..LABELS).map(|label| odds[from][label] * to[label]).sum())
}
