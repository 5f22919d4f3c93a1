use super::*;
#[test]
fn tries() {
    let Ok(path) = std::env::var("SCENARIO") else { return };
    let opened = open(Path::new(&path), &[]);
    println!("{}", crate::problem::render(&opened.problems, &opened.sources, false));
    println!("{:#?}", opened.scenario.is_some());
    if std::env::var("SHOW").is_ok() { println!("{:#?}", opened.scenario); }
}
