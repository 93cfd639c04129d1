//! Values that are names. Shells complete them. The help does not list them, because there are many or it says them
//! already.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command};

use super::super::hints;
use crate::Target;
use crate::convert::Converter;
use crate::rules::{Category, guards, rules};

/// Parses a value, and knows the names that shells complete.
#[derive(Clone)]
pub(super) struct Named<T> {
    names: fn() -> Vec<PossibleValue>,
    parse: fn(&str) -> Result<T, String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Named<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        self.parse.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.names)().into_iter()))
    }
}

/// A target of `--to`.
pub(super) fn target() -> Named<Target> {
    Named {
        names: || Target::NAMES.iter().map(|(name, _)| PossibleValue::new(name)).collect(),
        parse: |name| name.parse().map_err(|error| with_meaning(name, &error)),
    }
}

/// The error about a target, with what is meant by the name.
fn with_meaning(name: &str, error: &impl ToString) -> String {
    let meant = hints::target(name).map(|meant| format!("; did you mean {meant}?"));
    error.to_string() + &meant.unwrap_or_default()
}

/// A configuration of OpenCC, or a file.
pub(super) fn configuration() -> Named<String> {
    Named {
        names: || Converter::configurations().into_iter().map(PossibleValue::new).collect(),
        parse: |name| Ok(name.to_owned()),
    }
}

/// A category or a rule. The user's own rules are not known yet, so any name may be one.
pub(super) fn selector() -> Named<String> {
    Named { names: || categories().chain(rule_pages()).collect(), parse: |name| Ok(name.to_owned()) }
}

/// A rule or a guard, or a file.
pub(super) fn subject() -> Named<String> {
    Named {
        names: || {
            let guards = guards().iter().map(|guard| PossibleValue::new(format!("guard/{}", guard.name)));
            rule_pages().chain(guards).collect()
        },
        parse: |name| Ok(name.to_owned()),
    }
}

fn categories() -> impl Iterator<Item = PossibleValue> {
    Category::ALL.iter().map(|category| PossibleValue::new(category.name()))
}

fn rule_pages() -> impl Iterator<Item = PossibleValue> {
    rules().iter().map(|rule| PossibleValue::new(rule.id).help(rule.title))
}
