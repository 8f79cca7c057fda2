//! A file that is mapped into memory.
//!
//! A page that the disk cannot deliver, or that the file no longer has, answers with SIGBUS. The first map installs a
//! handler for that signal, which puts a page of zeroes in its place and takes note. (systemd's reader does the same:
//! src/basic/sigbus.c of v257.)
#![allow(unsafe_code)] // System calls on memory, and the memory they give.

mod table;

use std::ffi::c_void;
use std::fs::File;
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};
use std::slice;
use std::sync::{Arc, OnceLock};

use libc::{c_int, siginfo_t};
use rustix::io::{self, Errno};
use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap, mmap_anonymous, munmap};
use rustix::param::page_size;

use super::Backing;
use super::front::Front;
use super::lost::Lost;
use table::{Mapped, Slot, Table};

/// The most maps that one process has at a time. Files beyond that have to be read otherwise.
const MAX_MAPS: usize = 4096;

static MAPS: Table<MAX_MAPS> = Table::new();

/// A map of a regular file, for reading, as long as the file was when it was opened.
#[derive(Debug)]
pub(super) struct Map {
    start: NonNull<u8>,
    len: usize,
    slot: &'static Slot,
    lost: Arc<Lost>,
    front: Option<Front>,
}

// SAFETY: The memory belongs to the process, not to a thread, and nobody writes to it through the map.
unsafe impl Send for Map {}
// SAFETY: As above. All that changes behind `&self` is atomic.
unsafe impl Sync for Map {}

impl Map {
    /// Maps the first `len` bytes of a file.
    ///
    /// # Errors
    /// The system does not map this file, or this process has all the maps that it can have.
    pub(super) fn new(file: &File, len: u64) -> io::Result<Self> {
        let len = usize::try_from(len).map_err(|_| Errno::NOMEM)?;
        let handler = Handler::installed()?;
        // SAFETY: The system chooses where, so nothing that is in use is replaced.
        let start = unsafe { mmap(ptr::null_mut(), len, ProtFlags::READ, MapFlags::SHARED, file, 0) }?;
        let lost = Arc::new(Lost::new(len as u64, handler.page));
        let mapped = Mapped { start: start.expose_provenance(), len, lost: Arc::as_ptr(&lost) };
        match (NonNull::new(start.cast()), MAPS.insert(mapped)) {
            (Some(start), Some(slot)) => Ok(Self { start, len, slot, lost, front: Front::of(file) }),
            (_, slot) => {
                slot.into_iter().for_each(Slot::free);
                // SAFETY: Nobody but this function knows of the map.
                let _ = unsafe { munmap(start, len) };
                Err(Errno::NOMEM)
            }
        }
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: The map is as long as that, readable, and stays until `self` is dropped. Where the file has no bytes
        // for it the handler supplies zeroes. Whoever writes the file changes bytes under the reader: they are read as
        // plain numbers and checked wherever they are used, so any value will do.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.len) }
    }
}

impl Backing for Map {
    fn len(&self) -> u64 {
        self.len as u64
    }

    #[inline]
    fn run<'a>(&'a self, at: u64, least: usize, _room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        self.bytes().get(usize::try_from(at).ok()?..).filter(|bytes| bytes.len() >= least)
    }

    fn window<'a>(&'a self, at: u64, least: usize, most: usize, room: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        let bytes = self.bytes().get(usize::try_from(at).ok()?..).filter(|bytes| bytes.len() >= least)?;
        let len = bytes.len().min(most.max(least));
        room.resize(room.len().max(len), 0);
        // What the disk does not give the map has zeroes for, and counts.
        let (Some(front), Some(window)) = (&self.front, room.get_mut(..len)) else { return Some(bytes) };
        Some(if front.read(at, window) { window } else { bytes })
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn read_ahead(&self) {
        match &self.front {
            Some(front) => front.read_ahead(),
            None => {
                // SAFETY: The range is the map's own, and this advice changes no bytes.
                // Where it is refused the disk is only slower. (WillNeed would fetch no more than a first piece.)
                let _ = unsafe { madvise(self.start.as_ptr().cast(), self.len, Advice::Sequential) };
            }
        }
    }

    fn let_go(&self) {
        // SAFETY: The range is the map's own. Nobody writes to it, so that what is asked for again is the same: the file's
        // bytes, or the zeroes that were put in their place.
        let _ = unsafe { madvise(self.start.as_ptr().cast(), self.len, Advice::LinuxDontNeed) };
    }

    fn lost(&self) -> u64 {
        self.lost.bytes()
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        // First, so that the handler never replaces a page of whatever is mapped here next.
        self.slot.free();
        // SAFETY: The range is the map's own, and no borrow of it outlives `self`.
        let _ = unsafe { munmap(self.start.as_ptr().cast(), self.len) };
    }
}

/// What the signal handler has to know.
struct Handler {
    page: usize,
    previous: libc::sigaction,
}

static HANDLER: OnceLock<Handler> = OnceLock::new();

impl Handler {
    /// Installs the handler, once in a process.
    fn installed() -> io::Result<&'static Self> {
        static INSTALLED: OnceLock<bool> = OnceLock::new();
        // What the handler needs is there before it can be called.
        let handler = HANDLER.get_or_init(|| Self { page: page_size(), previous: action() });
        if *INSTALLED.get_or_init(install) { Ok(handler) } else { Err(Errno::NOTSUP) }
    }
}

/// What the process does at a SIGBUS.
fn action() -> libc::sigaction {
    let mut action = MaybeUninit::<libc::sigaction>::zeroed();
    // SAFETY: All zeroes are an action, the default one; the call replaces it by the one there is.
    unsafe {
        libc::sigaction(libc::SIGBUS, ptr::null(), action.as_mut_ptr());
        action.assume_init()
    }
}

fn install() -> bool {
    let handler: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) = on_sigbus;
    // SAFETY: All zeroes are an action with no signals blocked. The handler has the signature that SA_SIGINFO asks for
    // and does what a handler may do: it reads atomics and makes system calls.
    unsafe {
        let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
        action.sa_sigaction = handler as usize;
        // The standard library's handler, the previous one, expects the other stack: it looks for overflows of this one.
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESTART;
        libc::sigaction(libc::SIGBUS, &raw const action, ptr::null_mut()) == 0
    }
}

extern "C" fn on_sigbus(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let Some(handler) = HANDLER.get() else { return };
    // SAFETY: The system calls a handler of SA_SIGINFO with a valid description, which has an address for this signal.
    let (code, address) = unsafe { ((*info).si_code, (*info).si_addr().addr()) };
    if code != libc::BUS_ADRERR || !supply_zeroes(address, handler.page) {
        pass_on(&handler.previous, signal, info, context);
    }
}

/// Puts zeroes where a map of ours has nothing. Async-signal-safe.
fn supply_zeroes(address: usize, page: usize) -> bool {
    let Some(Mapped { start, len, lost }) = MAPS.find(address) else { return false };
    // SAFETY: The thread was stopped while it read from this map, so the map is borrowed, and its owner keeps `lost`.
    let lost = unsafe { &*lost };
    let at = (address - start) & !(page - 1);
    if put_zeroes(start + at, page) {
        lost.mark(at as u64);
        return true;
    }
    // Each lost page may cost the process one of its maps (vm.max_map_count). One for all is always left.
    let all = put_zeroes(start, len);
    if all {
        lost.mark_all(0, len as u64);
    }
    all
}

fn put_zeroes(start: usize, len: usize) -> bool {
    let flags = MapFlags::PRIVATE | MapFlags::FIXED;
    let start = ptr::with_exposed_provenance_mut(start);
    // SAFETY: The range lies in a map of ours, which its reader keeps alive, and stays readable and of the same length.
    unsafe { mmap_anonymous(start, len, ProtFlags::READ, flags) }.is_ok()
}

/// Does what the process would have done without us.
fn pass_on(previous: &libc::sigaction, signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: The description is valid, as above.
    let was_sent = unsafe { (*info).si_code } <= 0;
    match previous.sa_sigaction {
        // A fault cannot be ignored: it would come again for ever.
        libc::SIG_IGN if was_sent => {}
        libc::SIG_DFL | libc::SIG_IGN => {
            // SAFETY: All zeroes are the default action. The signal is blocked until the handler returns, and then kills.
            unsafe {
                let action: libc::sigaction = MaybeUninit::zeroed().assume_init();
                libc::sigaction(signal, &raw const action, ptr::null_mut());
                libc::raise(signal);
            }
        }
        handler if previous.sa_flags & libc::SA_SIGINFO != 0 => {
            // SAFETY: The system would have called this address as a function of this type.
            unsafe {
                let handler: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) = std::mem::transmute(handler);
                handler(signal, info, context);
            }
        }
        handler => {
            // SAFETY: As above, with the older type.
            unsafe {
                let handler: extern "C" fn(c_int) = std::mem::transmute(handler);
                handler(signal);
            }
        }
    }
}

#[cfg(test)]
mod tests;
