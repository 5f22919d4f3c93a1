//! A run that is killed at any moment goes on and gives the bytes of one that was not.

use crate::support::{contents, in_repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn program() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin("dotacija"))
}

/// How often runs that are to be killed keep what there is, in seconds.
const OFTEN: [&str; 2] = ["--save-every", "0.05"];

/// A run of the starter that takes a second or two.
fn run(folder: &Path, draws: u64, further: &[&str]) -> Command {
    let mut command = program();
    command.arg("run").arg(in_repository("scenarios/starter/starter.ron"));
    command.args(["--draws", &draws.to_string(), "-o"]).arg(folder);
    command.args(further).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// What ends up where nobody interferes.
fn undisturbed(place: &Path, draws: u64) -> PathBuf {
    let folder = place.join("whole");
    assert!(run(&folder, draws, &[]).status().unwrap().success());
    folder
}

fn kept(folder: &Path) -> PathBuf {
    let name = folder.file_name().unwrap().to_str().unwrap();
    folder.with_file_name(format!(".{name}.unfinished"))
}

/// Waits until something is kept, and so many milliseconds more; the run is still going on then.
fn wait(child: &mut Child, folder: &Path, more: u64) {
    let begun = Instant::now();
    while !kept(folder).exists() {
        assert!(begun.elapsed() < Duration::from_mins(1), "nothing is kept");
        assert!(child.try_wait().unwrap().is_none(), "the run was over before anything was kept");
        sleep(Duration::from_millis(2));
    }
    sleep(Duration::from_millis(more));
}

fn told(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// All of the manifest but when, how long and on how many threads.
fn manifest(folder: &Path) -> serde_json::Value {
    let text = fs::read_to_string(folder.join("manifest.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    for name in ["created", "seconds", "threads"] {
        manifest.as_object_mut().unwrap().remove(name);
    }
    manifest
}

fn assert_same(folder: &Path, whole: &Path) {
    let (found, expected) = (contents(folder), contents(whole));
    assert!(found.keys().eq(expected.keys()), "{:?}", found.keys());
    for (name, bytes) in &found {
        assert!(*bytes == expected[name], "{name} differs");
    }
    assert_eq!(manifest(folder), manifest(whole));
    assert!(!kept(folder).exists());
}

#[test]
fn a_run_that_is_killed_twice_gives_the_bytes_of_one_that_is_not() {
    let place = tempfile::tempdir().unwrap();
    let whole = undisturbed(place.path(), 100_000);
    let folder = place.path().join("killed");
    for (threads, more) in [("1", 0), ("2", 150)] {
        let further = ["--resume", "--threads", threads, OFTEN[0], OFTEN[1]];
        let mut child = run(&folder, 100_000, &further).spawn().unwrap();
        wait(&mut child, &folder, more);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!folder.exists());
    }
    let (code, told) = told(&mut run(&folder, 100_000, &["--resume"]));
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("going on after ") && told.contains(" of 100 000 draws"), "{told}");
    assert_same(&folder, &whole);
}

#[test]
fn a_run_for_a_precision_goes_on_between_its_looks() {
    let place = tempfile::tempdir().unwrap();
    let precision = ["--precision", "0.001", "--at-most", "65536"];
    let folder = place.path().join("killed");
    let mut whole = program();
    let starter = in_repository("scenarios/starter/starter.ron");
    let begin = |command: &mut Command, folder: &Path| {
        command.arg("run").arg(&starter).args(precision).args(OFTEN).arg("-o");
        command.arg(folder).stdout(Stdio::null()).stderr(Stdio::piped());
    };
    begin(&mut whole, &place.path().join("whole"));
    assert!(whole.status().unwrap().success());
    let mut first = program();
    begin(&mut first, &folder);
    let mut child = first.spawn().unwrap();
    wait(&mut child, &folder, 400);
    child.kill().unwrap();
    child.wait().unwrap();
    let mut second = program();
    begin(&mut second, &folder);
    let (code, told) = told(second.arg("--resume"));
    assert!(code == Some(0) && told.contains("going on after"), "{told}");
    assert_same(&folder, &place.path().join("whole"));
}

/// A run that takes long, and is asked to stop.
#[cfg(target_os = "linux")]
struct Asked(Child);

#[cfg(target_os = "linux")]
impl Asked {
    fn send(&self, signals: &[&str]) {
        for signal in signals {
            let process = self.0.id().to_string();
            assert!(
                Command::new("kill").args([signal, process.as_str()]).status().unwrap().success()
            );
        }
    }

    /// Waits until the run has ended; it has kept what there is.
    fn assert_stopped(mut self, folder: &Path) {
        let mut told = String::new();
        std::io::Read::read_to_string(&mut self.0.stderr.take().unwrap(), &mut told).unwrap();
        assert_eq!(self.0.wait().unwrap().code(), Some(130), "{told}");
        assert!(
            told.contains("draws, which are kept: the same command with --resume goes on"),
            "{told}"
        );
        assert!(kept(folder).exists() && !folder.exists());
    }
}

#[cfg(target_os = "linux")]
impl Drop for Asked {
    fn drop(&mut self) {
        // It has ended, unless something else than expected has happened.
        let _ = self.0.kill();
    }
}

/// Whether whoever started the tests wants a signal passed over, as `nohup` does: so does the program then.
#[cfg(target_os = "linux")]
fn is_passed_over(signal: &str) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    let ignored = u64::from_str_radix(ignored.trim(), 16).unwrap();
    let number = [("-HUP", 1), ("-INT", 2), ("-TERM", 15)].iter().find(|(name, _)| *name == signal);
    let is_passed_over = (ignored >> (number.unwrap().1 - 1)) & 1 == 1;
    if is_passed_over {
        eprintln!("SKIPPED: {signal} is passed over here");
    }
    is_passed_over
}

#[cfg(target_os = "linux")]
#[test]
fn control_c_keeps_what_there_is_and_says_how_to_go_on() {
    // One closed terminal, and one batch system, may send several.
    let events: [&[&str]; 5] =
        [&["-INT"], &["-TERM"], &["-HUP"], &["-TERM", "-TERM"], &["-HUP", "-TERM", "-HUP"]];
    for signals in events {
        if signals.iter().any(|signal| is_passed_over(signal)) {
            continue;
        }
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("stopped");
        let mut child = run(&folder, 40_000_000, &OFTEN).spawn().unwrap();
        wait(&mut child, &folder, 0);
        let run = Asked(child);
        run.send(signals);
        run.assert_stopped(&folder);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn under_nohup_a_run_outlives_its_terminal_and_is_stopped_like_any_other() {
    if is_passed_over("-TERM") {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("stopped");
    let plain = run(&folder, 40_000_000, &OFTEN);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" \"$@\""]).arg(plain.get_program());
    command.args(plain.get_args()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    wait(&mut child, &folder, 0);
    let mut run = Asked(child);
    run.send(&["-HUP"]);
    sleep(Duration::from_millis(300));
    assert!(run.0.try_wait().unwrap().is_none(), "the run ended with its terminal");
    run.send(&["-TERM"]);
    run.assert_stopped(&folder);
}

#[test]
fn a_second_run_into_the_folder_is_refused_while_the_first_is_at_work() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("one");
    let mut first = run(&folder, 40_000_000, &OFTEN).spawn().unwrap();
    wait(&mut first, &folder, 0);
    let before = fs::read(kept(&folder)).unwrap();
    let (code, told) = told(&mut run(&folder, 640, &["--force"]));
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("another run is at work for `"), "{told}");
    assert!(told.contains("choose another folder with -o"), "{told}");
    assert!(!folder.exists() && fs::read(kept(&folder)).unwrap().len() >= before.len());
    // Once it is gone, however it went, its place is free.
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(run(&folder, 640, &["--force"]).status().unwrap().success());
    let left = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(left.collect::<Vec<_>>(), ["one"]);
}

#[test]
fn what_is_damaged_or_of_another_run_is_refused_and_without_resume_replaced() {
    let place = tempfile::tempdir().unwrap();
    let whole = undisturbed(place.path(), 100_000);
    let folder = place.path().join("killed");
    let mut child = run(&folder, 100_000, &OFTEN).spawn().unwrap();
    wait(&mut child, &folder, 0);
    child.kill().unwrap();
    child.wait().unwrap();
    let file = kept(&folder);
    let sound = fs::read(&file).unwrap();
    let (code, other) = told(&mut run(&folder, 101_000, &["--resume"]));
    assert_eq!(code, Some(2));
    assert!(
        other.contains("of the settings run.draws=100000, and these are run.draws=101000"),
        "{other}"
    );
    let resumed = || told(&mut run(&folder, 100_000, &["--resume"]));
    let refused = |bytes: &[u8], why: &str| {
        fs::write(&file, bytes).unwrap();
        let (code, told) = resumed();
        assert!(code == Some(2) && told.contains(why), "{why}: {told}");
        assert!(told.contains("without --resume the run begins anew"), "{told}");
    };
    let mut flipped = sound.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    refused(&flipped, "it was cut off or altered");
    refused(&sound[..sound.len() - 1], "it was cut off or altered");
    refused(&sound[..20], "it was cut off or altered");
    refused(b"", "is no part of a run");
    refused(b"dotacija part 2\n{}", "another format");
    // What is no part is nobody's work.
    let (code, anew) = told(&mut run(&folder, 100_000, &[]));
    assert!(code == Some(0), "{anew}");
    assert_same(&folder, &whole);
}

#[test]
fn what_another_run_has_kept_is_lost_with_force_alone() {
    let place = tempfile::tempdir().unwrap();
    // A folder whose folder is not there yet.
    let folder = place.path().join("new/killed");
    let mut child = run(&folder, 100_000, &OFTEN).spawn().unwrap();
    wait(&mut child, &folder, 0);
    child.kill().unwrap();
    child.wait().unwrap();
    let (code, refused) = told(&mut run(&folder, 640, &[]));
    assert!(
        code == Some(2) && refused.contains("of another run: of the settings run.draws=100000"),
        "{refused}"
    );
    assert!(kept(&folder).exists() && !folder.exists());
    let (code, again) = told(run(&folder, 100_000, &[]).arg("--resume"));
    assert!(code == Some(0) && again.contains("going on after"), "{again}");
    // A part from the middle is no beginning.
    let shard = kept(&folder);
    let mut part = program();
    part.arg("shard").arg(in_repository("scenarios/starter/starter.ron"));
    part.args(["--of", "640", "--draws", "64..640", "-o"]).arg(&shard);
    assert!(part.status().unwrap().success());
    let (code, middle) = told(run(&folder, 640, &[]).arg("--resume"));
    assert!(code == Some(2) && middle.contains("from the middle of a run"), "{middle}");
    let (code, forced) = told(run(&folder, 704, &[]).arg("--force"));
    assert!(code == Some(0), "{forced}");
}
