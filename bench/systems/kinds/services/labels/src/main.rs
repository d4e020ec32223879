mod label;

use label::Label;

fn main() {
    let label = Label::of(&std::env::var("LABEL_FORMAT").unwrap());
    println!("{}", label.text);
}
