//! All deposits of a time span, over the client.

use std::collections::{HashSet, VecDeque};

use super::Client;
use crate::error::Error;
use crate::product::topup::{CustomerDepositOrder, PageParam, QueryDeposits};

/// All deposits of a time span, page by page.
///
/// Pages are counted from the newest deposit, so one that arrives while they are read pushes others to the next page:
/// they come twice and are given once. One that is confirmed meanwhile may move to a page that was read already: it
/// is given by the next reading, so begin each a little before the last one's end. After an error the iterator ends;
/// begin again for what is missing.
#[derive(Debug)]
pub struct Deposits<'a> {
    client: &'a Client,
    query: QueryDeposits,
    ready: VecDeque<CustomerDepositOrder>,
    given: HashSet<String>,
    ended: bool,
}

impl Client {
    /// All deposits from one time to another (milliseconds since 1970), each once, read in pages of `page_size`.
    pub fn topup_deposits(&self, start_time: u64, end_time: u64, page_size: u32) -> Deposits<'_> {
        let page_param = PageParam { number: 0, size: page_size };
        Deposits {
            client: self,
            query: QueryDeposits { start_time, end_time, page_param },
            ready: VecDeque::new(),
            given: HashSet::new(),
            ended: false,
        }
    }
}

impl Deposits<'_> {
    fn read_page(&mut self) -> Result<(), Error> {
        let page =
            self.client.get_topup_deposits(&self.query)?.into_view().customer_deposit_order_page.unwrap_or_default();
        // A short or empty page is the last one, whatever the counts say.
        self.ended = page.items.len() < usize::try_from(self.query.page_param.size).unwrap_or(usize::MAX);
        self.query.page_param.number = self.query.page_param.number.saturating_add(1);
        for deposit in page.items {
            let is_new = deposit.order_no.as_ref().is_none_or(|number| self.given.insert(number.clone()));
            if is_new {
                self.ready.push_back(deposit);
            }
        }
        Ok(())
    }
}

impl Iterator for Deposits<'_> {
    type Item = Result<CustomerDepositOrder, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.ended {
            if let Err(error) = self.read_page() {
                self.ended = true;
                return Some(Err(error));
            }
        }
        self.ready.pop_front().map(Ok)
    }
}
