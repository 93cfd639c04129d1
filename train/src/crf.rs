//! A linear-chain conditional random field, trained by stochastic gradients with adaptive steps. Every sum runs in a
//! fixed order, so the same articles give the same weights.

use qingwen::training::{BUCKETS, Header, LABEL_COUNT, Model};

/// Columns of a feature's weights: one for each label, and one that all labels of removed lines share.
const COLUMNS: usize = LABEL_COUNT + 1;
/// The first label of a line that is not part of the article.
pub const FIRST_REMOVED: usize = 2;

/// A document: for each line, the rows of its features, and its label.
pub struct Sequence {
    pub rows: Vec<Vec<u16>>,
    pub labels: Vec<usize>,
    /// The weight of the document.
    pub weight: f32,
}

impl Sequence {
    /// The sequence without a random share of its lines' features.
    fn without(&self, share: f32, random: &mut u64) -> Self {
        let limit = (share * 65536.0) as u64;
        let mut keeps = |_: &&u16| next(random) & 0xFFFF >= limit;
        let mut of_line = |rows: &Vec<u16>| rows.iter().filter(&mut keeps).copied().collect();
        Self {
            rows: self.rows.iter().map(&mut of_line).collect(),
            labels: self.labels.clone(),
            weight: self.weight,
        }
    }
}

/// The settings of training.
#[derive(Clone, Copy)]
pub struct Settings {
    pub passes: usize,
    pub step: f32,
    pub decay: f32,
    /// Number of trainings that differ only by chance. Their weights are averaged, so that the chance results of a
    /// single training count less (bagging; Breiman 1996).
    pub runs: u64,
    /// Share of a line's features that training leaves out (dropout). Other features are left out each time, so that
    /// training relies on no single feature.
    pub dropped: f32,
}

type Scores = [f32; LABEL_COUNT];

/// Weights that are being trained.
#[derive(Default)]
pub struct Crf {
    weights: Vec<[f32; COLUMNS]>,
    squares: Vec<[f32; COLUMNS]>,
    chain: [Scores; LABEL_COUNT + 2],
    chain_squares: [Scores; LABEL_COUNT + 2],
    /// Rows whose features occur in enough sources.
    used: Vec<bool>,
}

/// The seed for the random numbers of the first run.
const SEED: u64 = 0x5EED;

const START: usize = LABEL_COUNT;
const END: usize = LABEL_COUNT + 1;

impl Crf {
    /// Trains on sequences. The result is the average of several runs.
    pub fn train(sequences: &[&Sequence], used: &[bool], settings: Settings) -> Self {
        let runs = settings.runs.max(1);
        let mut sum = Self::run(sequences, used.to_vec(), settings, SEED);
        for run in 1..runs {
            sum.add(&Self::run(sequences, used.to_vec(), settings, SEED + run));
        }
        sum.divided(runs as f32)
    }

    /// Trains once. The seed determines the order of the documents.
    fn run(sequences: &[&Sequence], used: Vec<bool>, settings: Settings, seed: u64) -> Self {
        let mut crf = Self {
            weights: vec![[0.0; COLUMNS]; BUCKETS],
            squares: vec![[1e-2; COLUMNS]; BUCKETS],
            chain: [[0.0; LABEL_COUNT]; LABEL_COUNT + 2],
            chain_squares: [[1e-2; LABEL_COUNT]; LABEL_COUNT + 2],
            used,
        };
        let mut order: Vec<usize> = (0..sequences.len()).collect();
        let mut random = seed;
        let mut sum = Self { weights: crf.weights.clone(), chain: crf.chain, ..Self::default() };
        let averaged = settings.passes - settings.passes / 3;
        for pass in 0..settings.passes {
            shuffle(&mut order, &mut random);
            let step = settings.step / (1.0 + pass as f32 * 0.1);
            for index in &order {
                let sequence = sequences[*index].without(settings.dropped, &mut random);
                crf.learn(&sequence, step);
            }
            let kept = 1.0 - settings.decay;
            crf.weights.iter_mut().flatten().for_each(|weight| *weight *= kept);
            if settings.passes - pass <= averaged {
                sum.add(&crf);
            }
        }
        sum.divided(averaged.max(1) as f32)
    }

    /// Adds the weights of another training.
    fn add(&mut self, other: &Self) {
        let add = |(sum, weight): (&mut f32, &f32)| *sum += weight;
        self.weights.iter_mut().flatten().zip(other.weights.iter().flatten()).for_each(add);
        self.chain.iter_mut().flatten().zip(other.chain.iter().flatten()).for_each(add);
        self.used.clone_from(&other.used);
    }

    fn divided(mut self, by: f32) -> Self {
        self.weights.iter_mut().flatten().for_each(|weight| *weight /= by);
        self.chain.iter_mut().flatten().for_each(|weight| *weight /= by);
        self
    }

    fn scores(&self, rows: &[u16]) -> Scores {
        let mut sums = [0.0; COLUMNS];
        for row in rows.iter().map(|row| usize::from(*row)).filter(|row| self.used[*row]) {
            sums.iter_mut().zip(&self.weights[row]).for_each(|(sum, weight)| *sum += weight);
        }
        std::array::from_fn(|label| {
            sums[label] + if label >= FIRST_REMOVED { sums[LABEL_COUNT] } else { 0.0 }
        })
    }

    fn learn(&mut self, sequence: &Sequence, step: f32) {
        if sequence.rows.is_empty() {
            return;
        }
        let scores: Vec<Scores> = sequence.rows.iter().map(|rows| self.scores(rows)).collect();
        let (lines, pairs) = self.expect(&scores);
        for ((rows, expected), label) in sequence.rows.iter().zip(&lines).zip(&sequence.labels) {
            let mut gradient = [0.0; COLUMNS];
            for other in 0..LABEL_COUNT {
                let wanted = if other == *label { 1.0 } else { 0.0 };
                gradient[other] = (wanted - expected[other]) * sequence.weight;
                if other >= FIRST_REMOVED {
                    gradient[LABEL_COUNT] += gradient[other];
                }
            }
            if gradient.iter().all(|g| g.abs() < 1e-4) {
                continue;
            }
            for row in rows.iter().map(|row| usize::from(*row)).filter(|row| self.used[*row]) {
                for (column, g) in gradient.iter().enumerate() {
                    let square = &mut self.squares[row][column];
                    *square += g * g;
                    self.weights[row][column] += step * g / square.sqrt();
                }
            }
        }
        let mut wanted = [[0.0; LABEL_COUNT]; LABEL_COUNT + 2];
        for pair in sequence.labels.windows(2) {
            wanted[pair[0]][pair[1]] += 1.0;
        }
        wanted[START][sequence.labels[0]] += 1.0;
        wanted[END][sequence.labels[sequence.labels.len() - 1]] += 1.0;
        for from in 0..LABEL_COUNT + 2 {
            for to in 0..LABEL_COUNT {
                let expected = match from {
                    START => lines[0][to],
                    END => lines[lines.len() - 1][to],
                    _ => pairs[from][to],
                };
                let g = (wanted[from][to] - expected) * sequence.weight;
                let square = &mut self.chain_squares[from][to];
                *square += g * g;
                self.chain[from][to] += step * g / square.sqrt();
            }
        }
    }

    /// Forward–backward: for each line the probability of each label, and the expected number of each pair of labels.
    fn expect(&self, scores: &[Scores]) -> (Vec<Scores>, [Scores; LABEL_COUNT]) {
        let odds: [Scores; LABEL_COUNT] = std::array::from_fn(|from| self.chain[from].map(f32::exp));
        let own: Vec<Scores> = scores
            .iter()
            .map(|scores| {
                let most = scores.iter().copied().fold(f32::MIN, f32::max);
                scores.map(|score| (score - most).max(-60.0).exp())
            })
            .collect();
        let mut forward: Vec<Scores> = Vec::new();
        for line in &own {
            let before: Scores = match forward.last() {
                None => self.chain[START].map(f32::exp),
                Some(last) => {
                    std::array::from_fn(|to| (0..LABEL_COUNT).map(|from| last[from] * odds[from][to]).sum())
                }
            };
            forward.push(scaled(std::array::from_fn(|label| before[label] * line[label])));
        }
        let mut lines = forward.clone();
        let mut pairs = [[0.0; LABEL_COUNT]; LABEL_COUNT];
        let mut behind: Scores = self.chain[END].map(f32::exp);
        for index in (0..own.len()).rev() {
            lines[index] = scaled(std::array::from_fn(|label| forward[index][label] * behind[label]));
            let ahead: Scores = std::array::from_fn(|label| own[index][label] * behind[label]);
            if index > 0 {
                let mut sum = 0.0;
                let mut table = [[0.0; LABEL_COUNT]; LABEL_COUNT];
                for from in 0..LABEL_COUNT {
                    for to in 0..LABEL_COUNT {
                        table[from][to] = forward[index - 1][from] * odds[from][to] * ahead[to];
                        sum += table[from][to];
                    }
                }
                for from in 0..LABEL_COUNT {
                    for to in 0..LABEL_COUNT {
                        pairs[from][to] += table[from][to] / sum.max(1e-30);
                    }
                }
            }
            behind = scaled(std::array::from_fn(|from| {
                (0..LABEL_COUNT).map(|to| odds[from][to] * ahead[to]).sum()
            }));
        }
        (lines, pairs)
    }

    /// The model in its committed form: a header, and the table in steps of one scale.
    pub fn quantised(&self, mut header: Header) -> (Header, Vec<u8>) {
        let merged = |row: usize| -> Scores {
            let weights = &self.weights[row];
            std::array::from_fn(|label| {
                let shared = if label >= FIRST_REMOVED { weights[LABEL_COUNT] } else { 0.0 };
                if self.used[row] { weights[label] + shared } else { 0.0 }
            })
        };
        let largest = (0..BUCKETS).flat_map(merged).fold(0.0, |most: f32, weight| most.max(weight.abs()));
        header.scale = (largest / 127.0).clamp(1e-4, 0.03);
        header.start = self.chain[START];
        header.end = self.chain[END];
        header.transitions = std::array::from_fn(|from| self.chain[from]);
        let steps = |weight: f32| (weight / header.scale).round().clamp(-127.0, 127.0) as i8;
        let table = (0..BUCKETS).flat_map(|row| merged(row).map(steps)).map(|step| step as u8).collect();
        (header, table)
    }

    pub fn model(&self, header: Header) -> Model {
        let (header, table) = self.quantised(header);
        Model::new(header, &table)
    }
}

fn scaled(values: Scores) -> Scores {
    let sum: f32 = values.iter().sum();
    values.map(|value| value / sum.max(1e-30))
}

/// The shuffle of Fisher and Yates, with a fixed generator.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for index in (1..order.len()).rev() {
        order.swap(index, next(random) as usize % (index + 1));
    }
}

/// The next number of a fixed series of 31-bit numbers.
fn next(random: &mut u64) -> u64 {
    *random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    *random >> 33
}
