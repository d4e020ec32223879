pub struct Label {
    pub text: String,
}

impl Label {
    pub fn of(text: &str) -> Label {
        Label { text: text.to_string() }
    }
}
