use super::super::Converter;
use super::*;

#[test]
fn a_line_in_the_target_script_is_not_touched() {
    let conversion = Conversion::of(Target::Tw, ["群峰系統只是設備", "围观"]);
    assert_eq!(conversion.convert("群峰系統只是設備"), "群峰系統只是設備");
    assert_eq!(conversion.convert("围观"), "圍觀");
}

#[test]
fn a_region_s_own_forms_are_traditional() {
    for target in [Target::Hant, Target::Tw, Target::Hk, Target::TwPhrases, Target::Auto] {
        let conversion = Conversion::of(target, ["群峰系統只是設備，說明了質量", "山峰與人群"]);
        assert_eq!(conversion.convert("群峰系統只是設備，說明了質量"), "群峰系統只是設備，說明了質量");
        assert_eq!(conversion.convert("山峰與人群"), "山峰與人群");
    }
}

#[test]
fn names_and_japanese_stay() {
    let conversion = Conversion::of(Target::Hk, ["李慧琼說，梁頌恒行吓先，國際感覚（こくさい感覚の国）。"]);
    let line = "李慧琼說，梁頌恒行吓先，国際のニュース";
    assert_eq!(conversion.convert(line), line);
}

#[test]
fn what_is_right_in_a_mixed_line_stays() {
    let conversion = Conversion::of(Target::Tw, ["系統只是設備，說明了質量"]);
    assert_eq!(
        conversion.convert("說明了系統只是设備，鼠标里面的头发，設備說明了質量"),
        "說明了系統只是設備，鼠標裡面的頭髮，設備說明了質量"
    );
}

#[test]
fn a_line_wholly_in_the_other_script_is_converted_as_opencc_does() {
    let line = "圍觀!來看「廣州」掃黑,於是乾杯;后來一不做，二不休。";
    let conversion = Conversion::of(Target::Hans, [line]);
    assert_eq!(conversion.convert(line), Converter::new("t2s").unwrap().convert(line));
}

#[test]
fn a_line_without_deciding_characters_follows_its_document() {
    let hans = Conversion::of(Target::Hant, ["后面是头发", "后面"]);
    assert_eq!(hans.convert("后面"), "後面");
    let hant = Conversion::of(Target::Hant, ["皇后的頭髮", "皇后"]);
    assert_eq!(hant.convert("皇后"), "皇后");
}

#[test]
fn auto_takes_the_majority_and_its_region() {
    let taiwan = Conversion::of(Target::Auto, ["為了這裡的群眾", "说"]);
    assert_eq!((taiwan.target(), taiwan.configuration()), (Target::Hant, Some("s2tw")));
    let hong_kong = Conversion::of(Target::Auto, ["為了這裏的羣眾，着衞説"]);
    assert_eq!(hong_kong.configuration(), Some("s2hk"));
    assert_eq!(Conversion::of(Target::Auto, ["山水"]).target(), Target::Keep);
}

#[test]
fn the_article_s_habit_decides_where_writers_use_the_form_and_nowhere_else() {
    for (target, own, text, expected) in [
        (Target::Tw, "警方公佈名單，說明。", "总统布什参观瀑布，资料公布了", "總統布什參觀瀑布，資料公佈了"),
        (Target::Tw, "這位畫家說了很多話。", "规划改变", "規劃改變"),
        (Target::Tw, "這個計劃說了很多話。", "新的计划", "新的計劃"),
        (Target::Tw, "這個計畫說了很多話。", "新的计划", "新的計畫"),
        (Target::Hk, "我們每週都要開會。", "每周的会议，周杰伦说", "每週的會議，周杰倫說"),
        (Target::Hk, "我瞭解這件事，也瞭解他，說得明白。", "他了解情况了", "他瞭解情況了"),
        (Target::Hk, "這羣人說話很多。", "这群学生说话", "這羣學生說話"),
    ] {
        assert_eq!(Conversion::of(target, [own, text]).convert(text), expected);
    }
}

#[test]
fn a_phrase_that_no_other_one_disputes_tells_more_than_neighbours() {
    for (target, text, expected) in [
        (Target::Hk, "炒面、生姜和茶几，结发夫妻说。", "炒麵、生薑和茶几，結髮夫妻說。"),
        (Target::Tw, "鹤发童颜，学生发展，他们说。", "鶴髮童顏，學生發展，他們說。"),
    ] {
        assert_eq!(Conversion::of(target, [text]).convert(text), expected);
    }
}

#[test]
fn a_phrase_with_a_simplified_character_proves_all_of_itself() {
    let conversion = Conversion::of(Target::Tw, ["觀眾說明了這裡的設備，請聯繫他們", "他们说"]);
    for (text, expected) in [
        ("請联系張小姐，她會說的", "請聯繫張小姐，她會說的"),
        ("后来又贏了三場比賽，觀眾說", "後來又贏了三場比賽，觀眾說"),
        ("她把頭发剪短了，還說好看", "她把頭髮剪短了，還說好看"),
        ("書架上面也有杂志，還有報紙", "書架上面也有雜誌，還有報紙"),
        ("皇后與太后說話", "皇后與太后說話"),
        ("課本說明，「后」是君主", "課本說明，「后」是君主"),
    ] {
        assert_eq!(conversion.convert(text), expected);
        assert_eq!(conversion.convert(expected), expected);
    }
}

#[test]
fn strangers_are_of_the_other_script_whatever_stands_around_them() {
    for (target, text, expected) in [
        (Target::Hans, "这里说明，設备很好。", "这里说明，设备很好。"),
        (Target::Hans, "这是说话，头髮", "这是说话，头发"),
        (Target::Hans, "这是说明文字`說`說", "这是说明文字`說`说"),
        (Target::Hant, "這是說明文字頭髮`a`的软件", "這是說明文字頭髮`a`的軟件"),
    ] {
        assert_eq!(Conversion::of(target, [text]).convert(text), expected);
    }
}

#[test]
fn what_overlaps_stays_whole() {
    for (patterns, text) in [
        (&["www", "https"][..], "這說明了www.example.com/头发，見https://zh.wikipedia.org/wiki/头发"),
        (&["周杰", "杰伦"][..], "周杰伦說話"),
        (&[][..], "看⿰www.说.com吧，這說明了"),
    ] {
        let protect = |options: ConversionOptions, pattern: &&str| options.protect(pattern).unwrap();
        let options = patterns.iter().fold(ConversionOptions::default(), protect);
        assert_eq!(Conversion::with(Target::Tw, &options, [text]).convert(text), text);
    }
}

#[test]
fn code_says_nothing_of_the_article_s_script() {
    let simplified = "```\n// 这里说的头发和设备\n```";
    for (target, text) in [
        (Target::Auto, "几上的宏指令，說明了。"),
        (Target::Tw, "几上的宏指令，說明了。"),
        (Target::TwPhrases, "重要文件，說明了。"),
    ] {
        let text = format!("{text}\n{simplified}");
        let document = Document::new(&text);
        let conversion = Conversion::of_document(target, &ConversionOptions::default(), &document);
        assert_eq!(conversion.convert_document(&document), text);
        let by_lines = Conversion::of(target, text.lines());
        let lines: Vec<_> =
            text.lines().enumerate().map(|(index, line)| by_lines.convert_line(index, line)).collect();
        assert_eq!(lines.join("\n"), text);
    }
}

#[test]
fn what_is_converted_rests_beside_japanese_and_described_characters() {
    for (target, text, expected) in [
        (Target::Hk, "余余。欧。绎すね药\n說明", "余余。歐。绎すね药\n說明"),
        (Target::Tw, "⿱,铁说\n說明", "⿱,铁說\n說明"),
        // The majority script of the text may change with conversion.
        (Target::Tw, "干部！軟體说明\n绎すね药\n学生说话", "幹部！軟體說明\n绎すね药\n學生說話"),
    ] {
        for text in [text, expected] {
            let conversion = Conversion::of(target, text.lines());
            let lines: Vec<_> = text.lines().map(|line| conversion.convert(line)).collect();
            assert_eq!(lines.join("\n"), expected);
        }
    }
}

#[test]
fn characters_of_a_region_s_word_are_not_chosen_anew() {
    let text = "六进制的云计算，台式机和软件平台";
    let conversion = Conversion::of(Target::TwPhrases, [text]);
    assert_eq!(conversion.convert(text), "六進位制的雲端計算，桌上型電腦和軟體平台");
}

#[test]
fn a_word_of_one_traditional_character_stays() {
    let conversion = Conversion::of(Target::TwPhrases, ["锎和鐦说明"]);
    assert_eq!(conversion.convert("锎和鐦说明"), "鉲和鐦說明");
}

#[test]
fn no_reason_speaks_against_the_choice() {
    let text = "鹤发童颜，结发夫妻说。他面包里有茶几，周杰伦的干面";
    let choices = Conversion::of(Target::Hk, [text]).choices(0, text);
    assert!(choices.iter().any(|choice| choice.because == "the dictionaries"));
    for choice in choices {
        assert!(choice.uses > choice.others || (choice.uses == 0 && choice.others == 0), "{choice}");
    }
}
