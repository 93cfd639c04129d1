//! The text of a page as a browser shows it, line by line.

use dom_query::{Document, NodeData, NodeId};

use super::element::Element;
use super::lines::LineBuilder;

/// A step of the walk through a tree. There is no recursion, so that no page is too deep.
enum WalkStep {
    Enter(NodeId),
    Leave(Element),
}

/// The text of a tree. Alternative texts of pictures are lines of their own.
pub(super) fn text(page: &Document) -> String {
    let mut lines = LineBuilder::default();
    let mut steps = vec![WalkStep::Enter(page.root().id)];
    while let Some(step) = steps.pop() {
        match step {
            WalkStep::Enter(node) => enter(page, node, &mut lines, &mut steps),
            WalkStep::Leave(element) => leave(element, &mut lines),
        }
    }
    lines.finish()
}

fn enter(page: &Document, id: NodeId, lines: &mut LineBuilder, steps: &mut Vec<WalkStep>) {
    let Some(node) = page.tree.get(&id) else { return };
    let element = node.query_or(Element::Inline, |node| match &node.data {
        NodeData::Text { contents } => {
            lines.add(contents);
            Element::Empty
        }
        NodeData::Element(element) => {
            let name = &*element.name.local;
            if name == "img"
                && let Some(text) = element.attr("alt")
            {
                lines.add_line(&text);
            }
            Element::named(name)
        }
        NodeData::Document | NodeData::Fragment => Element::Inline,
        _ => Element::Empty,
    });
    if element.is_hidden() || element == Element::Empty {
        return;
    }
    begin(element, lines);
    steps.push(WalkStep::Leave(element));
    steps.extend(page.tree.child_ids_of_it(&id, true).map(WalkStep::Enter));
}

fn begin(element: Element, lines: &mut LineBuilder) {
    match element {
        Element::Line | Element::Row => lines.end_line(),
        Element::Paragraph => lines.end_paragraph(),
        Element::Cell => lines.begin_cell(),
        Element::Verbatim => {
            lines.end_paragraph();
            lines.begin_verbatim();
        }
        _ => {}
    }
}

fn leave(element: Element, lines: &mut LineBuilder) {
    match element {
        Element::Line | Element::Row => lines.end_line(),
        Element::Paragraph => lines.end_paragraph(),
        Element::Break => lines.add_break(),
        Element::Verbatim => {
            lines.end_verbatim();
            lines.end_paragraph();
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::parse;
    use super::*;

    fn shown(html: &str) -> String {
        text(&parse(html))
    }

    #[test]
    fn lines_are_those_of_a_browser() {
        for (html, lines) in [
            ("<p>甲</p><p>乙</p>", "甲\n\n乙\n"),
            ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙\n"),
            ("甲<br>乙<br><br>丙<br>", "甲\n乙\n\n丙\n"),
            ("<b>甲</b>乙<span> 丙</span>\n丁", "甲乙 丙丁\n"),
            ("a\n  b&nbsp;&amp;", "a b\u{A0}&\n"),
            ("<ul><li>甲<li>乙</ul>", "甲\n乙\n"),
            ("<table><tr><td>甲<td>乙<td><tr><th>1<th><th>3</table>", "甲\t乙\n1\t\t3\n"),
            ("<pre>a\n  b\n</pre>丙", "a\n  b\n\n丙\n"),
            ("甲<img src=a.jpg alt=' 乙 \n圖 '>丙<img alt=''>丁", "甲\n乙圖\n丙丁\n"),
            ("<script>x</script><style>y</style><noscript>z</noscript><template>t</template>甲", "甲\n"),
            ("<head><title>題</title></head>", ""),
            ("<svg><text>x</text></svg><select><option>y</select><textarea>z</textarea>甲", "甲\n"),
            ("", ""),
        ] {
            assert_eq!(shown(html), lines, "{html}");
        }
    }
}
