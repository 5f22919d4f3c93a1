//! What a terminal and its user have of the program: completions and manual pages.

use crate::support::dotacija;
use std::fs;

fn printed(arguments: &[&str]) -> String {
    let ran = dotacija().args(arguments).assert().success();
    String::from_utf8(ran.get_output().stdout.clone()).unwrap()
}

#[test]
fn every_shell_completes_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for word in ["sensitivity", "exact-quantiles", "programme"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}

#[test]
fn bash_takes_the_script() {
    let script = printed(&["completions", "bash"]);
    let Ok(mut bash) = std::process::Command::new("bash")
        .args(["-c", "eval \"$(cat)\" && complete -p dotacija"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
    else {
        eprintln!("SKIPPED: there is no bash here");
        return;
    };
    std::io::Write::write_all(&mut bash.stdin.take().unwrap(), script.as_bytes()).unwrap();
    let said = bash.wait_with_output().unwrap();
    assert!(said.status.success());
    assert!(String::from_utf8(said.stdout).unwrap().contains("_dotacija"));
}

#[test]
fn a_manual_page_names_what_its_command_takes() {
    let page = printed(&["manual", "solve"]);
    // The synopsis says what an option takes.
    let synopsis = page.split(".SH DESCRIPTION").next().unwrap();
    assert!(synopsis.contains(r"\-\-target\fR \fI<TARGET>\fR"), "{synopsis}");
    assert!(synopsis.contains(r"\-\-quiet\fR]"), "{synopsis}");
    assert!(page.contains(".TH") && page.contains("dotacija\\-solve"), "{page}");
    for option in ["\\-\\-lever", "\\-\\-target", "appropriation:PROGRAMME"] {
        assert!(page.contains(option), "{option}: {page}");
    }
    assert!(printed(&["manual"]).contains("subsidy scheme"));
    let wrong = dotacija().args(["manual", "slove"]).assert().code(2);
    let told = String::from_utf8(wrong.get_output().stderr.clone()).unwrap();
    assert!(told.contains("`slove` is no command") && told.contains("solve"), "{told}");
}

#[test]
fn all_pages_go_into_a_folder_one_for_each_command() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("pages");
    let folder = folder.to_str().unwrap();
    for _ in 0..2 {
        dotacija().args(["manual", "-o", folder, "--quiet"]).assert().success();
    }
    for page in ["dotacija.1", "dotacija-run.1", "dotacija-explain.1", "dotacija-manual.1"] {
        assert!(fs::metadata(format!("{folder}/{page}")).is_ok(), "{page}");
    }
}
