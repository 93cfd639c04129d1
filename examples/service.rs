//! A service with threads: each connection sends an article, closes its side, and gets the clean text. All threads share
//! one cleaner.
//!
//! ```sh
//! cargo run --example service -- 127.0.0.1:7000
//! nc -N 127.0.0.1 7000 < article.txt
//! ```

use std::error::Error;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use qingwen::Cleaner;

/// Threads that work side by side. Further connections wait.
const THREADS: usize = 4;
/// The longest article that is read, in bytes.
const LONGEST: u64 = 16 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:7000".into());
    let listener = TcpListener::bind(address)?;
    let cleaner = Cleaner::default();
    // Without this, the first articles would take longer than the others.
    cleaner.warm_up();
    println!("listening on {}", listener.local_addr()?);
    thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(|| serve(&listener, &cleaner)))));
    Ok(())
}

/// Answers one connection after another.
fn serve(listener: &TcpListener, cleaner: &Cleaner) {
    for connection in listener.incoming() {
        if let Err(error) = connection.and_then(|connection| answer(connection, cleaner)) {
            eprintln!("{error}");
        }
    }
}

/// Reads an article and writes its clean text.
fn answer(mut connection: TcpStream, cleaner: &Cleaner) -> io::Result<()> {
    let mut article = String::new();
    (&connection).take(LONGEST).read_to_string(&mut article)?;
    connection.write_all(cleaner.clean(&article).text.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::net::Shutdown;

    use super::*;

    #[test]
    fn connections_are_answered_side_by_side() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let ask = move || {
            let mut connection = TcpStream::connect(address).unwrap();
            connection.write_all("街坊說,好。\n分享到:\n".as_bytes()).unwrap();
            connection.shutdown(Shutdown::Write).unwrap();
            let mut answer = String::new();
            connection.read_to_string(&mut answer).unwrap();
            answer
        };
        let asking: Vec<_> = (0..8).map(|_| thread::spawn(ask)).collect();
        let answering = thread::spawn(move || {
            let cleaner = Cleaner::default();
            (0..8).for_each(|_| answer(listener.accept().unwrap().0, &cleaner).unwrap());
        });
        asking.into_iter().for_each(|thread| assert_eq!(thread.join().unwrap(), "街坊說，好。\n"));
        answering.join().unwrap();
    }
}
