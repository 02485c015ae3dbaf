//! `tallymark pack` and `tallymark unpack`: a project as one file, and the folder again.

use std::path::{Path, PathBuf};

use super::{Console, DONE, FAILED, PARTLY};
use crate::project::{self, PACK_ENDING, PackLimits, Setup, disk::RealDisk};

/// What `tallymark pack` is told.
#[derive(Debug, clap::Args)]
pub(super) struct PackArguments {
    /// The project's folder
    #[arg(value_name = "PROJECT")]
    project: PathBuf,
    /// The file to be made; without it, PROJECT.tallymark.zip beside the folder
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What `tallymark unpack` is told.
#[derive(Debug, clap::Args)]
pub(super) struct UnpackArguments {
    /// The packed project
    #[arg(value_name = "FILE")]
    pack: PathBuf,
    /// A new or empty folder; without it, one here that is called as the project's was
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// The most that may come out, in megabytes
    #[arg(long, value_name = "MB", default_value_t = PackLimits::default().unpacked >> 20)]
    max_megabytes: u64,
    /// The most files that may come out
    #[arg(long, value_name = "N", default_value_t = PackLimits::default().entries)]
    max_files: usize,
}

pub(super) fn run_pack(arguments: &PackArguments, console: &mut Console<'_>) -> u8 {
    let target = arguments.output.clone().or_else(|| default_target(&arguments.project));
    let Some(target) = target else {
        console.complain("name the file to be made with -o");
        return FAILED;
    };
    match project::pack(&Setup::of_user(), &arguments.project, &target) {
        Ok(packed) => {
            for left_out in &packed.left_out {
                console.complain(format!("{left_out}: a link, pipe or device; it was left out"));
            }
            let status = if packed.left_out.is_empty() { DONE } else { PARTLY };
            let report = format!("{}: {} files, {} bytes\n", target.display(), packed.files, packed.bytes);
            console.deliver(report.as_bytes(), None, status)
        }
        Err(error) => {
            console.complain(error);
            FAILED
        }
    }
}

fn default_target(project: &Path) -> Option<PathBuf> {
    let folder = project::project_folder(&RealDisk, project)?;
    let folder = std::fs::canonicalize(folder).ok()?;
    let mut name = folder.file_name()?.to_os_string();
    name.push(PACK_ENDING);
    Some(folder.with_file_name(name))
}

pub(super) fn run_unpack(arguments: &UnpackArguments, console: &mut Console<'_>) -> u8 {
    let limits = PackLimits {
        unpacked: arguments.max_megabytes.saturating_mul(1 << 20),
        entries: arguments.max_files,
        ..PackLimits::default()
    };
    match project::unpack(&RealDisk, &arguments.pack, arguments.folder.as_deref(), Path::new("."), &limits) {
        Ok(unpacked) => {
            let report = format!("{}: {} files\n", unpacked.folder.display(), unpacked.files);
            console.deliver(report.as_bytes(), None, DONE)
        }
        Err(error) => {
            console.complain(error);
            FAILED
        }
    }
}
