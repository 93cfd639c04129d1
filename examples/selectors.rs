//! Chooses what is removed: a profile, categories and single rules.
//!
//! ```sh
//! cargo run --example selectors < article.txt
//! ```

use std::error::Error;
use std::io::{self, Read};

use qingwen::Cleaner;
use qingwen::clean::Profile;
use qingwen::rules::{Category, Selector};

fn main() -> Result<(), Box<dyn Error>> {
    let mut article = String::new();
    io::stdin().read_to_string(&mut article)?;
    let cleaned = cleaner()?.clean(&article);
    for removal in &cleaned.removals {
        eprintln!("{}: {} ({})", removal.line, removal.text, removal.rule);
    }
    print!("{}", cleaned.text);
    Ok(())
}

/// A cleaner for a corpus that keeps lists of other articles, and captions that come twice.
fn cleaner() -> Result<Cleaner, Box<dyn Error>> {
    // A selector is a value of the library, or is parsed from what a user writes.
    let caption: Selector = "repeat/caption".parse()?;
    let builder = Cleaner::builder().profile(Profile::Corpus);
    Ok(builder.keep(Selector::Category(Category::Related)).keep(caption).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_goes_and_the_rest_stays() {
        let article = "老街夜市搬走了\n街坊說安靜了許多。\n相關文章：\n老街的路燈為什麼熄了\n分享到：\n";
        let removed = |cleaner: Cleaner| {
            cleaner.clean(article).removals.iter().map(|removal| removal.category).collect::<Vec<_>>()
        };
        assert_eq!(removed(cleaner().unwrap()), [Category::Share]);
        assert!(removed(Cleaner::default()).contains(&Category::Related));
    }
}
