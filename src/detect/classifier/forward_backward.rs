//! The forward–backward algorithm. It computes the probabilities of labels in a pass forwards and a pass
//! backwards over the lines of a document.

use super::label::LABELS;
use super::parameters::Model;

/// For each line, the probability of each label, given the scores of all lines.
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
    let mut backward = model.header.end.map(f32::exp);
    for (forward, line) in forward.iter_mut().zip(&own).rev() {
        *forward = scaled(product(forward, &backward));
        backward = scaled(times_rows(&model.odds, &product(line, &backward)));
    }
    forward
}

/// The exponentials of scores, scaled so that the largest is 1.
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

#[cfg(test)]
mod tests {
    use super::super::parameters::Model;
    use super::*;

    const LINES: usize = 4;

    /// Pseudo-random scores, the same in every run.
    fn scores(seed: u64) -> Vec<[f32; LABELS]> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 22) as f32 - 2.0
        };
        (0..LINES).map(|_| std::array::from_fn(|_| next())).collect()
    }

    /// The probabilities by all sequences of labels, one by one.
    fn by_all_sequences(model: &Model, scores: &[[f32; LABELS]]) -> Vec<[f64; LABELS]> {
        let mut sums = vec![[0.0; LABELS]; LINES];
        for number in 0..LABELS.pow(LINES as u32) {
            let labels: [usize; LINES] =
                std::array::from_fn(|line| number / LABELS.pow(line as u32) % LABELS);
            let own: f32 = labels.iter().zip(scores).map(|(label, scores)| scores[*label]).sum();
            let steps: f32 = labels.windows(2).map(|pair| model.header.transitions[pair[0]][pair[1]]).sum();
            let edges = model.header.start[labels[0]] + model.header.end[labels[LINES - 1]];
            let weight = f64::from(own + steps + edges).exp();
            labels.iter().zip(&mut sums).for_each(|(label, sums)| sums[*label] += weight);
        }
        for sums in &mut sums {
            let all: f64 = sums.iter().sum();
            sums.iter_mut().for_each(|sum| *sum /= all);
        }
        sums
    }

    /// Asserts that probabilities are what is expected.
    fn assert_near(found: &[[f32; LABELS]], expected: &[[f64; LABELS]]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
            assert!((f64::from(*found) - expected).abs() < 1e-4, "{found}, and not {expected}");
        }
    }

    #[test]
    fn probabilities_are_those_of_all_sequences() {
        let model = Model::built_in().expect("a model");
        for seed in 1..=8 {
            let scores = scores(seed);
            let expected = by_all_sequences(&model, &scores);
            assert_near(&probabilities(&model, &scores), &expected);
        }
    }

    /// A number that is added to all scores of a line changes nothing, however large it is.
    #[test]
    fn only_differences_between_the_scores_of_a_line_count() {
        let model = Model::built_in().expect("a model");
        let scores = scores(1);
        let expected = by_all_sequences(&model, &scores);
        for offset in [90.0, -90.0, 3000.0] {
            let moved = |(line, scores): (usize, &[f32; LABELS])| match line % 2 {
                0 => scores.map(|score| score + offset),
                _ => *scores,
            };
            let moved: Vec<_> = scores.iter().enumerate().map(moved).collect();
            assert_near(&probabilities(&model, &moved), &expected);
        }
    }

    /// If scores are so far apart that most exponentials are 0, each line has one label.
    #[test]
    fn scores_far_apart_give_each_line_one_label() {
        let model = Model::built_in().expect("a model");
        for first in 0..LABELS {
            let label = |line: usize| (first + 3 * line) % LABELS;
            let at =
                |line: usize, high| std::array::from_fn(|own| if own == label(line) { high } else { 0.0 });
            let scores: Vec<[f32; LABELS]> = (0..LINES).map(|line| at(line, 300.0)).collect();
            let expected: Vec<[f64; LABELS]> = (0..LINES).map(|line| at(line, 1.0).map(f64::from)).collect();
            assert_near(&probabilities(&model, &scores), &expected);
        }
    }
}
