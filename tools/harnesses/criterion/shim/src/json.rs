//! As much JSON as the protocol needs.

use std::collections::HashMap;

#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Map(HashMap<String, Json>),
}

impl Json {
    pub fn get(&self, name: &str) -> &Json {
        match self {
            Json::Map(map) => map.get(name).unwrap_or(&Json::Null),
            _ => &Json::Null,
        }
    }
    pub fn number(&self) -> Option<f64> {
        match self {
            Json::Number(value) => Some(*value),
            _ => None,
        }
    }
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(value) => Some(value),
            _ => None,
        }
    }
    pub fn list(&self) -> &[Json] {
        match self {
            Json::List(values) => values,
            _ => &[],
        }
    }
    pub fn numbers(&self) -> HashMap<String, f64> {
        match self {
            Json::Map(map) => map.iter().filter_map(|(name, value)| Some((name.clone(), value.number()?))).collect(),
            _ => HashMap::new(),
        }
    }
}

/// Reads one value; nothing where the text is not JSON.
pub fn parse(text: &str) -> Option<Json> {
    let mut reader = Reader { text: text.as_bytes(), at: 0 };
    let value = reader.value()?;
    reader.blank();
    if reader.at == reader.text.len() { Some(value) } else { None }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn blank(&mut self) {
        while self.text.get(self.at).map_or(false, |byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Takes the word if it stands here.
    fn take(&mut self, word: &str) -> Option<()> {
        self.blank();
        if !self.text[self.at..].starts_with(word.as_bytes()) {
            return None;
        }
        self.at += word.len();
        Some(())
    }

    fn value(&mut self) -> Option<Json> {
        self.blank();
        match *self.text.get(self.at)? {
            b'{' => self.map(),
            b'[' => self.list(),
            b'"' => self.string().map(Json::Text),
            b't' => self.take("true").map(|()| Json::Bool(true)),
            b'f' => self.take("false").map(|()| Json::Bool(false)),
            b'n' => self.take("null").map(|()| Json::Null),
            _ => self.number(),
        }
    }

    fn map(&mut self) -> Option<Json> {
        self.take("{")?;
        let mut map = HashMap::new();
        if self.take("}").is_some() {
            return Some(Json::Map(map));
        }
        loop {
            self.blank();
            let name = self.string()?;
            self.take(":")?;
            map.insert(name, self.value()?);
            if self.take(",").is_none() {
                return self.take("}").map(|()| Json::Map(map));
            }
        }
    }

    fn list(&mut self) -> Option<Json> {
        self.take("[")?;
        let mut values = Vec::new();
        if self.take("]").is_some() {
            return Some(Json::List(values));
        }
        loop {
            values.push(self.value()?);
            if self.take(",").is_none() {
                return self.take("]").map(|()| Json::List(values));
            }
        }
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.at;
        while self.text.get(self.at).map_or(false, |byte| b"+-.eE0123456789".contains(byte)) {
            self.at += 1;
        }
        std::str::from_utf8(&self.text[start..self.at]).ok()?.parse().ok().map(Json::Number)
    }

    fn string(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut bytes = Vec::new();
        loop {
            let byte = *self.text.get(self.at)?;
            self.at += 1;
            match byte {
                b'"' => return String::from_utf8(bytes).ok(),
                b'\\' => {
                    let escaped = *self.text.get(self.at)?;
                    self.at += 1;
                    let plain = match escaped {
                        b'n' => '\n',
                        b't' => '\t',
                        b'r' => '\r',
                        b'b' => '\u{8}',
                        b'f' => '\u{c}',
                        b'u' => self.unicode()?,
                        other => other as char,
                    };
                    bytes.extend(plain.to_string().bytes());
                }
                other => bytes.push(other),
            }
        }
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = std::str::from_utf8(self.text.get(self.at..self.at + 4)?).ok()?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        if !(0xd800..0xdc00).contains(&first) {
            return Some(char::from_u32(first).unwrap_or('\u{fffd}'));
        }
        self.take("\\u")?;
        let second = self.hex()?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + second.wrapping_sub(0xdc00))
    }
}

/// A text as JSON writes it, with its quotes.
pub fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            char if (char as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", char as u32)),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

/// A list of numbers; what is no number counts as nothing taken.
pub fn list(values: &[f64]) -> String {
    let texts: Vec<String> = values.iter().map(|value| number(*value)).collect();
    format!("[{}]", texts.join(","))
}

pub fn number(value: f64) -> String {
    if value.is_finite() { format!("{}", value) } else { "0".to_owned() }
}
