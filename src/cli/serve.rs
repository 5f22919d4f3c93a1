//! `serve`: the scenarios and runs of a folder in the browser of this machine.

use super::{Ending, show};
use crate::problem::{Problem, Sources, codes};
use crate::serve::Server;
use clap::Args;
use std::path::PathBuf;

/// What to serve, and where.
#[derive(Debug, Args)]
#[command(after_long_help = "\
The pages are served to this machine alone, at 127.0.0.1; no file is written and nothing can be changed \
through them. Every state of a page is in its address. Ends with Ctrl-C.")]
pub struct ServeArguments {
    /// The folder with scenarios and finished runs
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The port; 0: any that is free
    #[arg(long, default_value_t = 8592)]
    port: u16,
}

/// Serves a folder until the process ends.
pub fn serve(arguments: &ServeArguments) -> Ending {
    let shown = arguments.folder.display();
    if !arguments.folder.is_dir() {
        let message = format!("`{shown}` is not a folder");
        let help = "name a folder with scenarios or finished runs, or leave it out for this one";
        let problem = Problem::error(codes::NOT_SERVED, message).help(help);
        show::problems(&[problem], &Sources::default());
        return Ending::Wrong;
    }
    let port = arguments.port;
    let served = Server::bind(&arguments.folder, port).and_then(|server| {
        let told = show::result(&format!("http://{}/\n", server.address()));
        show::message(&format!("serving `{shown}` to this machine alone; Ctrl-C ends it"));
        if told == Ending::Done { server.serve() } else { Ok(()) }
    });
    match served {
        Ok(()) => Ending::WorldFailed,
        Err(error) => {
            let message = format!("port {port} cannot be served: {error}");
            let help = "another program may listen there: say `--port 0` for any that is free";
            show::problems(
                &[Problem::error(codes::NOT_SERVED, message).help(help)],
                &Sources::default(),
            );
            Ending::WorldFailed
        }
    }
}
