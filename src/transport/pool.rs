//! What is kept from one call to the next: per process, per settings, per origin.

use super::connection::{Connection, Liveness};
use super::happy_eyeballs::LastGood;
use super::origin::Origin;
use super::proxy::Proxy;
use super::resolver::Lookups;
use super::settings::{HashedSettings, KEPT_IDLE_MAX};
use super::{framing, tls};
use crate::error::Error;
use crate::system::lock::lock;
use crate::system::os;
use once_cell::race::OnceBox;
use rustls::ClientConfig;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Connections that are kept for some settings: what several questions at once take, and leave for the next.
pub(crate) const IDLE_PER_POOL: usize = 8;
/// Settings that are kept: a process may serve as many merchants without a new connection for each call.
const POOLS_MAX: usize = 32;

/// The state of one process.
///
/// A forked child finds its parent's state in its memory, and must not touch it: its locks may be held by threads
/// that do not exist in the child, and its sockets and TLS keys are the parent's. So the child hangs a state of its
/// own behind it. Finding it takes no lock. The parent's is left as it is, sockets open: closing a TLS connection
/// politely would close it for the parent too.
pub(super) struct Process {
    id: u32,
    pools: Mutex<Vec<Arc<Pool>>>,
    pub(super) lookups: Lookups,
    pub(super) last_good: LastGood,
    child: OnceBox<Process>,
}

static FIRST: OnceBox<Process> = OnceBox::new();

impl Process {
    pub(super) fn new(id: u32) -> Box<Self> {
        Box::new(Self {
            id,
            pools: Mutex::new(Vec::new()),
            lookups: Lookups::default(),
            last_good: LastGood::default(),
            child: OnceBox::new(),
        })
    }

    pub(super) fn current() -> &'static Self {
        let id = os::process_id();
        let mut process = FIRST.get_or_init(|| Self::new(id));
        // Ids are used again, so only the youngest state can be this process's.
        loop {
            process = match process.child.get() {
                Some(child) => child,
                None if process.id == id => return process,
                None => process.child.get_or_init(|| Self::new(id)),
            }
        }
    }

    /// The pool of these settings, made when it is missing.
    pub(super) fn pool(&self, settings: &Arc<HashedSettings>) -> Result<Arc<Pool>, Error> {
        if let Some(pool) = self.find(settings) {
            return Ok(pool);
        }
        let made = Arc::new(Pool::new(settings)?);
        if let Some(pool) = self.find(settings) {
            return Ok(pool);
        }
        let mut pools = lock(&self.pools);
        pools.iter().for_each(|pool| pool.forget_old());
        let surplus = (pools.len() + 1).saturating_sub(POOLS_MAX);
        let evicted: Vec<_> = pools.drain(..surplus).collect();
        pools.push(Arc::clone(&made));
        drop(pools);
        drop(evicted);
        Ok(made)
    }

    /// Finds a pool and makes it the last one to be evicted.
    fn find(&self, settings: &Arc<HashedSettings>) -> Option<Arc<Pool>> {
        let mut pools = lock(&self.pools);
        let at = pools.iter().position(|pool| pool.serves(settings))?;
        let pool = pools.remove(at);
        pools.push(Arc::clone(&pool));
        Some(pool)
    }
}

/// What is built once for some settings.
pub(super) struct Pool {
    settings: Arc<HashedSettings>,
    pub(super) tls: Arc<ClientConfig>,
    pub(super) proxy: Option<Proxy>,
    pub(super) http: ureq::config::Config,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    origin: Origin,
    since: Instant,
    connection: Connection,
}

impl Pool {
    fn new(settings: &Arc<HashedSettings>) -> Result<Self, Error> {
        Ok(Self {
            tls: tls::config(settings.given.ca_pem.as_deref())?,
            proxy: settings.given.proxy.as_deref().map(Proxy::parse).transpose()?,
            http: framing::config(),
            settings: Arc::clone(settings),
            idle: Mutex::new(Vec::new()),
        })
    }

    fn serves(&self, settings: &Arc<HashedSettings>) -> bool {
        Arc::ptr_eq(&self.settings, settings)
            || (self.settings.hash == settings.hash && self.settings.given == settings.given)
    }

    /// The youngest kept connection to an origin that is still open.
    pub(super) fn take(&self, origin: &Origin) -> Option<Connection> {
        self.forget_old();
        loop {
            let mut idle = lock(&self.idle);
            let at = idle.iter().rposition(|kept| kept.origin == *origin)?;
            let mut connection = idle.remove(at).connection;
            drop(idle);
            if connection.liveness() == Liveness::Quiet {
                connection.reused = true;
                return Some(connection);
            }
        }
    }

    /// Keeps a connection that ended an exchange cleanly.
    pub(super) fn keep(&self, origin: Origin, connection: Connection) {
        let mut idle = lock(&self.idle);
        idle.push(Idle { origin, since: Instant::now(), connection });
        let surplus = idle.len().saturating_sub(IDLE_PER_POOL);
        let evicted: Vec<_> = idle.drain(..surplus).collect();
        drop(idle);
        drop(evicted);
    }

    fn forget_old(&self) {
        let mut idle = lock(&self.idle);
        let now = Instant::now();
        idle.retain(|kept| now.duration_since(kept.since) < KEPT_IDLE_MAX);
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::TransportSettings;
    use super::*;
    use std::net::{TcpListener, TcpStream};

    fn settings(name: &str) -> Arc<HashedSettings> {
        let given = TransportSettings { user_agent: name.to_owned(), allow_http: true, ..TransportSettings::default() };
        Arc::new(HashedSettings::new(given))
    }

    /// Connections to a listener that never says anything.
    fn connections(count: usize) -> (TcpListener, Vec<Connection>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = (0..count).map(|_| Connection::new(TcpStream::connect(address).unwrap(), None)).collect();
        (listener, connections)
    }

    fn origin(host: &str) -> Origin {
        Origin::of(&format!("http://{host}/"), true).unwrap()
    }

    #[test]
    fn equal_settings_share_an_engine_and_old_engines_go() {
        let process = Process::new(0);
        let first = process.pool(&settings("0")).unwrap();
        assert!(Arc::ptr_eq(&first, &process.pool(&settings("0")).unwrap()));
        for number in 1..POOLS_MAX {
            process.pool(&settings(&number.to_string())).unwrap();
        }
        assert!(Arc::ptr_eq(&first, &process.pool(&settings("0")).unwrap()), "there is room for all of them");
        process.pool(&settings("one more")).unwrap();
        assert_eq!(lock(&process.pools).len(), POOLS_MAX);
        assert!(Arc::ptr_eq(&first, &process.pool(&settings("0")).unwrap()), "the one used last stays");
        assert!(!lock(&process.pools).iter().any(|pool| pool.serves(&settings("1"))), "the oldest went");
    }

    #[test]
    fn kept_connections_are_few_young_and_of_their_origin() {
        let pool = Pool::new(&settings("kept")).unwrap();
        let (_listener, connections) = connections(IDLE_PER_POOL + 3);
        for connection in connections {
            pool.keep(origin("a.example"), connection);
        }
        assert_eq!(lock(&pool.idle).len(), IDLE_PER_POOL);
        assert!(pool.take(&origin("b.example")).is_none());
        assert!(pool.take(&origin("a.example:81")).is_none());
        assert!(pool.take(&origin("a.example")).is_some_and(|connection| connection.reused));
        for kept in lock(&pool.idle).iter_mut() {
            kept.since = kept.since.checked_sub(KEPT_IDLE_MAX).unwrap();
        }
        assert!(pool.take(&origin("a.example")).is_none());
        assert!(lock(&pool.idle).is_empty());
    }
}
