//! The layers of the configuration: defaults, file, environment, command line. A later one wins, option by option.

use std::ffi::OsString;
use std::path::Path;

use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Command};

use super::super::fingerprint::Fingerprint;
use super::dump::value;
use super::environment;
use super::file::Section;
use super::origin::{Given, ValueOrigin};
use super::table::{SETTINGS, Setting, SettingKind};

/// The settings that a command has.
#[derive(Debug, Default)]
pub(super) struct Layers(pub Vec<Effective>);

/// A setting, and the layer that gives its value.
#[derive(Debug)]
pub(super) struct Effective {
    pub setting: &'static Setting,
    pub level: Level,
    /// The values as they are written on a command line.
    pub values: Vec<OsString>,
}

/// A layer.
#[derive(Debug, Clone)]
pub(super) enum Level {
    /// The default of the option. There may be none.
    Default,
    /// The file or the environment.
    Configured(ValueOrigin),
    /// The command line.
    Typed,
}

/// The command line before it is completed.
#[derive(Clone, Copy)]
pub(super) struct CommandLine<'c> {
    pub command: &'c Command,
    pub matches: &'c ArgMatches,
}

impl Layers {
    /// The settings of a command. `in_file` is what the file says outside of sections.
    ///
    /// # Errors
    /// A variable that cannot be read.
    pub fn of(line: CommandLine, in_file: &[Given], in_environment: bool) -> anyhow::Result<Self> {
        let options = SETTINGS.iter().filter_map(|setting| Some((setting, line.option(setting.key)?)));
        let effective = |(setting, option): (&'static Setting, &Arg)| {
            let variable = if in_environment { environment::given(setting)? } else { None };
            let in_file = || in_file.iter().find(|given| given.setting.key == setting.key).cloned();
            Ok(line.effective(setting, option, variable.or_else(in_file)))
        };
        options.map(effective).collect::<anyhow::Result<_>>().map(Self)
    }

    /// The words of a command line that say what the file and the environment give.
    pub fn words(&self, section: Option<&Section>) -> Vec<OsString> {
        self.0.iter().flat_map(|effective| effective.words(self, section)).collect()
    }

    /// Where the value of an option was given; `None` if it was not.
    pub fn origin<'s>(&'s self, section: Option<&'s Section>, key: &str) -> Option<&'s ValueOrigin> {
        let effective = self.effective(key)?;
        let section = section.filter(|_| !effective.is_fixed());
        if let Some(given) = section.and_then(|section| section.value(key)) {
            return Some(&given.origin);
        }
        match &effective.level {
            Level::Configured(origin) => Some(origin),
            Level::Default | Level::Typed => None,
        }
    }

    /// The options that the file or the environment gives.
    pub fn configured(&self) -> Vec<&'static str> {
        let given = self.0.iter().filter(|effective| matches!(effective.level, Level::Configured(_)));
        given.map(|effective| effective.setting.key).collect()
    }

    /// What these settings and those of sections are, and the content of the files that they name.
    pub fn fingerprint(&self, sections: &[Section]) -> Fingerprint {
        let mut fingerprint = Fingerprint::default();
        for effective in &self.0 {
            effective.add_to(&mut fingerprint);
        }
        for section in sections {
            section.given.iter().for_each(|given| given.add_to(&mut fingerprint, &section.source));
        }
        fingerprint
    }

    /// A file or folder that the file or the environment names and that does not exist, with its setting and origin.
    pub fn missing_file(&self) -> Option<(&'static str, &ValueOrigin, &Path)> {
        self.0.iter().find_map(|effective| {
            let Level::Configured(origin) = &effective.level else { return None };
            let missing = effective.setting.paths(&effective.values).find(|path| !path.exists())?;
            Some((effective.setting.key, origin, missing))
        })
    }

    /// The files that these settings and those of sections name.
    pub fn files<'s>(&'s self, sections: &'s [Section]) -> impl Iterator<Item = &'s Path> {
        let own = self.0.iter().map(|effective| (effective.setting, &effective.values[..]));
        let given = sections.iter().flat_map(|section| &section.given);
        own.chain(given.map(|given| (given.setting, &given.values[..])))
            .flat_map(|(setting, values)| setting.paths(values))
    }

    /// Whether a layer gives an option.
    fn gives(&self, key: &str) -> bool {
        self.effective(key).is_some_and(|effective| !matches!(effective.level, Level::Default))
    }

    fn effective(&self, key: &str) -> Option<&Effective> {
        self.0.iter().find(|effective| effective.setting.key == key)
    }

    /// The values of a setting that win over sections.
    fn fixed(&self, key: &str) -> &[OsString] {
        self.effective(key)
            .filter(|effective| effective.is_fixed())
            .map_or(&[], |effective| &effective.values)
    }
}

impl Effective {
    /// Whether the layer wins over sections.
    fn is_fixed(&self) -> bool {
        matches!(self.level, Level::Typed | Level::Configured(ValueOrigin::Variable(_)))
    }

    fn words(&self, all: &Layers, section: Option<&Section>) -> Vec<OsString> {
        let key = self.setting.key;
        if self.setting.needs.is_some_and(|needed| !all.gives(needed)) {
            return Vec::new();
        }
        let word = |value: OsString| match (self.setting.kind, value.to_str()) {
            (SettingKind::Flag, Some("true")) => Some(format!("--{key}").into()),
            (SettingKind::Flag, _) => None,
            _ => Some(option_with(key, value)),
        };
        self.values_in(all, section).into_iter().filter_map(word).collect()
    }

    /// The values to be added to the command line. In a section, lists grow and other values are replaced. What a
    /// section keeps is not removed by what stands outside of it, and the other way round.
    fn values_in(&self, all: &Layers, section: Option<&Section>) -> Vec<OsString> {
        let key = self.setting.key;
        let configured = self.configured();
        let Some(section) = section.filter(|_| !self.is_fixed()) else { return configured.to_vec() };
        if !self.setting.kind.is_list() {
            return section.value(key).map_or(configured, |given| &given.values).to_vec();
        }
        let [against, fixed] = match opposite(key) {
            Some(opposite) => [section.values(opposite), all.fixed(opposite)],
            None => [&[][..]; 2],
        };
        let inherited = configured.iter().filter(|value| !against.contains(value));
        let own = section.values(key).iter().filter(|value| !fixed.contains(value));
        inherited.chain(own).cloned().collect()
    }

    /// Adds what the setting is, if it is configured, and the files that it names in any layer.
    fn add_to(&self, fingerprint: &mut Fingerprint) {
        if matches!(self.level, Level::Configured(_)) && self.setting.changes_results() {
            fingerprint.add_setting(self.setting.key.to_owned(), value(self.setting, &self.values));
        }
        self.setting.paths(&self.values).for_each(|path| fingerprint.add_file(path));
    }

    /// The values that the file and the environment give.
    fn configured(&self) -> &[OsString] {
        if matches!(self.level, Level::Configured(_)) { &self.values } else { &[] }
    }
}

impl Given {
    /// Adds what the setting is for a source, and the files that it names.
    fn add_to(&self, fingerprint: &mut Fingerprint, source: &str) {
        let key = format!("{} of source {source:?}", self.setting.key);
        fingerprint.add_setting(key, value(self.setting, &self.values));
        self.setting.paths(&self.values).for_each(|path| fingerprint.add_file(path));
    }
}

impl Section {
    /// What the section says of a setting.
    fn value(&self, key: &str) -> Option<&Given> {
        self.given.iter().find(|given| given.setting.key == key)
    }

    fn values(&self, key: &str) -> &[OsString] {
        self.value(key).map_or(&[], |given| &given.values)
    }
}

/// The option that takes back what another one does.
fn opposite(key: &str) -> Option<&'static str> {
    match key {
        "remove" => Some("keep"),
        "keep" => Some("remove"),
        _ => None,
    }
}

impl<'c> CommandLine<'c> {
    fn option(self, key: &str) -> Option<&'c Arg> {
        option(self.command, key)
    }

    /// A setting with the value of the last layer that has one.
    fn effective(self, setting: &'static Setting, option: &Arg, given: Option<Given>) -> Effective {
        if self.is_typed(option) {
            let raw = self.matches.get_raw(option.get_id().as_str());
            let values = raw.into_iter().flatten().map(OsString::from).collect();
            return Effective { setting, level: Level::Typed, values };
        }
        if let Some(Given { values, origin, .. }) = given.filter(|_| !self.takes_the_place_of(setting)) {
            return Effective { setting, level: Level::Configured(origin), values };
        }
        let values = option.get_default_values().iter().map(OsString::from).collect();
        Effective { setting, level: Level::Default, values }
    }

    fn is_typed(self, option: &Arg) -> bool {
        self.matches.value_source(option.get_id().as_str()) == Some(ValueSource::CommandLine)
    }

    /// Whether an option is typed beside which a setting has no effect.
    fn takes_the_place_of(self, setting: &Setting) -> bool {
        // The option `config` of commands that clean names the configuration file.
        let options = setting.yields_to.iter().filter_map(|key| self.option(key));
        options.filter(|option| option.get_id() != "config_file").any(|option| self.is_typed(option))
    }
}

/// The option of a command with a long name.
pub(super) fn option<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|option| option.get_long() == Some(key))
}

fn option_with(key: &str, value: OsString) -> OsString {
    let mut word = OsString::from(format!("--{key}="));
    word.push(value);
    word
}
