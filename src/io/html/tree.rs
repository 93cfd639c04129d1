//! Parses pages into trees.
//!
//! Elements nest no deeper than in a browser, because the work for a tag grows with the number of open elements. The tags
//! of deeper elements are left out, and their content stays. Nor does a tree get many more nodes than its page has tags:
//! an unclosed `<b>` comes again in each later paragraph.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use dom_query::{Document, NodeId};
use html5ever::interface::Tracer;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};

use super::element::Element;
use super::tags::with_few_attributes;

/// How many elements may be open. Browsers have the same limit.
const DEEPEST: usize = 512;

/// How many nodes any page may have.
const FEW_NODES: usize = 10_000;

/// The tree of a page.
pub(super) fn parse(html: &str) -> Document {
    let builder = TreeBuilder::new(Document::default(), TreeBuilderOpts::default());
    let limited = Limited { builder, left_out: RefCell::default(), most_nodes: html.len() / 2 + FEW_NODES };
    let tokenizer = Tokenizer::new(limited, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(&with_few_attributes(html)));
    // The tokenizer stops at the end of a script, which would run there.
    while !queue.is_empty() {
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.builder.sink
}

/// Passes tokens to the builder of the tree, without the tags that would make it too large.
struct Limited {
    builder: TreeBuilder<NodeId, Document>,
    /// How many open elements of a name were left out.
    left_out: RefCell<HashMap<LocalName, usize>>,
    most_nodes: usize,
}

impl Limited {
    /// Whether a tag is left out.
    fn leaves_out(&self, tag: &Tag) -> bool {
        if tag.kind != StartTag {
            return self.closes_left_out(&tag.name);
        }
        let element = Element::named(&tag.name);
        let factor = if element.has_no_children() { 2 } else { 1 };
        let leaves_out = self.open_elements() >= DEEPEST * factor
            || self.builder.sink.tree.len() >= self.most_nodes * factor;
        if leaves_out && !element.has_no_children() && !tag.self_closing {
            *self.left_out.borrow_mut().entry(tag.name.clone()).or_default() += 1;
        }
        leaves_out
    }

    /// Whether an end tag belongs to an element that was left out.
    fn closes_left_out(&self, name: &LocalName) -> bool {
        let mut left_out = self.left_out.borrow_mut();
        let count = left_out.get_mut(name).filter(|count| **count > 0);
        count.map(|count| *count -= 1).is_some()
    }

    /// The number of open elements, with formatting that will be opened again.
    fn open_elements(&self) -> usize {
        let counter = Counter(Cell::new(0));
        self.builder.trace_handles(&counter);
        counter.0.get()
    }
}

/// Counts the elements that a builder knows.
struct Counter(Cell<usize>);

impl Tracer for Counter {
    type Handle = NodeId;

    fn trace_handle(&self, _node: &NodeId) {
        self.0.set(self.0.get() + 1);
    }
}

impl TokenSink for Limited {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match &token {
            TagToken(tag) if self.leaves_out(tag) => TokenSinkResult::Continue,
            _ => self.builder.process_token(token, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Removes what is not shown, and styles, which are not needed any more.
pub(super) fn remove_hidden(page: &Document) {
    let elements: Vec<_> = page.root().descendants();
    for node in elements {
        if node.is_element() && is_hidden(&node) {
            node.remove_from_parent();
        } else {
            node.remove_attr("style");
        }
    }
}

/// Whether an element is hidden by an attribute. A page as a whole never is: programs show it later.
fn is_hidden(node: &dom_query::NodeRef) -> bool {
    let is_page = node.query_or(true, |node| {
        node.as_element().is_none_or(|e| matches!(e.name.local, local_name!("html") | local_name!("body")))
    });
    let style = || node.attr("style").is_some_and(|style| hides(&style));
    !is_page
        && (node.has_attr("hidden")
            || node.attr("aria-hidden").is_some_and(|value| &*value == "true")
            || style())
}

/// Whether a style has `display: none`. What is only invisible is often shown by a program, such as the article of a
/// WeChat page.
fn hides(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        name.trim().eq_ignore_ascii_case("display")
            && value.trim().get(..4).is_some_and(|value| value.eq_ignore_ascii_case("none"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(page: &Document) -> usize {
        page.root().descendants_it().map(|node| node.ancestors_it(None).count()).max().unwrap_or_default()
    }

    #[test]
    fn elements_nest_to_a_limit() {
        for (open, close) in [
            ("<div>", "</div>"),
            ("<table><tr><td>", "</table>"),
            ("<template>", "</template>"),
            ("<svg><title>", ""),
            ("<div><table><td></div>", ""),
        ] {
            let html = format!("{}甲{}<p>乙", open.repeat(10_000), close.repeat(10_000));
            let page = parse(&html);
            assert!(depth(&page) <= 3 * DEEPEST, "{open}: {}", depth(&page));
            assert!(page.root().text().contains('乙'), "{open}");
        }
    }

    #[test]
    fn formatting_does_not_multiply() {
        let bold: String = (0..1000).map(|id| format!("<b id={id}>")).collect();
        let html = format!("<p>{bold}</p>{}", "<p>甲</p>".repeat(10_000));
        let page = parse(&html);
        assert!(page.tree.len() < 3 * html.len(), "{}", page.tree.len());
        assert_eq!(page.root().text().chars().filter(|c| *c == '甲').count(), 10_000);
    }

    #[test]
    fn a_style_is_understood() {
        for (style, hidden) in [
            ("display:none", true),
            ("color: red; DISPLAY : None !important", true),
            ("visibility:hidden", false),
        ] {
            assert_eq!(hides(style), hidden, "{style}");
        }
    }
}
