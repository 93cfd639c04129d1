//! Which field of a record contains the text.

/// Fields that obviously contain the text, if the user names none. The first one wins over the others.
const OBVIOUS: [&str; 4] = ["text", "content", "body", "正文"];

/// How many fields a message lists.
const LISTED: usize = 12;

/// The field of the text among those that exist.
///
/// # Errors
/// If the field does not exist, or if it is not certain which one it is.
pub(super) fn text_field<'n>(named: Option<&'n str>, names: &[&'n str]) -> Result<&'n str, FieldError> {
    if let Some(name) = named {
        return Ok(name);
    }
    let found: Vec<&str> = OBVIOUS.into_iter().filter(|known| names.contains(known)).collect();
    let name = match found.as_slice() {
        [] => return Err(missing(OBVIOUS[0], names)),
        [first, ..] if *first == OBVIOUS[0] => first,
        [only] => only,
        _ => return Err(FieldError::Doubtful(listed(&found))),
    };
    Ok(names.iter().find(|known| *known == name).copied().unwrap_or_default())
}

/// Whether the field of the text can be guessed.
pub(super) fn is_obvious(names: &[&str]) -> bool {
    text_field(None, names).is_ok()
}

/// The error about a field that does not exist.
pub(super) fn missing(name: &str, names: &[&str]) -> FieldError {
    let names = match names {
        [] => String::new(),
        names => format!("; its fields are {}: name the one with the text by --text-field", listed(names)),
    };
    FieldError::Missing { name: name.to_owned(), names }
}

pub(super) fn listed(names: &[&str]) -> String {
    let more = if names.len() > LISTED { ", …" } else { "" };
    let names: Vec<String> = names.iter().take(LISTED).map(|name| format!("{name:?}")).collect();
    names.join(", ") + more
}

/// The reason why the text of a record is not found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum FieldError {
    #[error("has no field {name:?}{names}")]
    Missing { name: String, names: String },
    #[error("has its text in one of {0}: name the field by --text-field")]
    Doubtful(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_obvious_field_is_found() {
        assert_eq!(text_field(None, &["id", "text", "body"]), Ok("text"));
        assert_eq!(text_field(None, &["id", "正文"]), Ok("正文"));
        assert_eq!(text_field(Some("x"), &["text"]), Ok("x"));
        let doubtful = text_field(None, &["body", "content"]).unwrap_err().to_string();
        assert!(doubtful.starts_with("has its text in one of \"content\", \"body\""), "{doubtful}");
        let missing = text_field(None, &["id"]).unwrap_err().to_string();
        assert!(missing.starts_with("has no field \"text\"; its fields are \"id\""), "{missing}");
    }
}
