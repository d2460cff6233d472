// What the plugin has written down of an order: attempts, effects, notifications.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { store, until } from "./store.mjs";

const COLUMNS = [
  "id",
  "order_id",
  "number",
  "mode",
  "scene",
  "merchant_order_no",
  "order_no",
  "token",
  "price",
  "currency",
  "coin",
  "network",
  "due",
  "received",
  "accepted",
  "address",
  "checkout_url",
  "state",
  "reason",
  "sent_at",
  "expires_at",
  "checked_at",
  "next_check_at",
  "cancel_asked",
];

// An order's attempts, the oldest first.
export async function attempts(id) {
  const rows = await store.query(`SELECT ${COLUMNS.join(", ")} FROM #__bonuspay_attempts WHERE order_id = ${Number(id)} ORDER BY number`);
  return rows.map((row) => Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]])));
}
export const attempt = async (id) => (await attempts(id)).at(-1);

export async function effects(id) {
  return (await store.query(`SELECT effect, done_at FROM #__bonuspay_effects WHERE order_id = ${Number(id)} ORDER BY id`)).map(
    ([effect, done]) => ({ effect, done: done !== null }),
  );
}
export async function events(merchantOrderNo) {
  return (
    await store.query(
      `SELECT id, state, status, deliveries, tries, outcome FROM #__bonuspay_events WHERE BINARY merchant_order_no = ` +
        `'${merchantOrderNo}' ORDER BY id`,
    )
  ).map(([id, state, status, deliveries, tries, outcome]) => ({
    id,
    state,
    status,
    deliveries: Number(deliveries),
    tries: Number(tries),
    outcome,
  }));
}

// Whoever does what a payment is to do has done it.
export const done = (id) =>
  until(`what order ${id} needs is done`, async () => {
    const claimed = await effects(id);
    return claimed.length > 0 && claimed.every((one) => one.done);
  });

// What of an order a repeated look must not double.
export const tracks = async (id) => {
  const [[notes]] = await store.query(`SELECT COUNT(*) FROM #__comments WHERE comment_post_ID = ${Number(id)}`);
  return {
    notes,
    mails: store.mails().length,
    stock: await store.stock(),
    attempts: (await attempts(id)).map(({ state, received }) => `${state} ${received}`),
  };
};

// Whoever is about to send such a statement loses the connection to the database first. WordPress takes up one that has
// gone away anew, and goes on.
const CUTTER = `add_filter( 'query', function ( $sql ) {
  global $wpdb;
  $file = STORE_FOLDER . '/cut';
  if ( is_file( $file ) && preg_match( file_get_contents( $file ), $sql ) ) {
    unlink( $file );
    $id = $wpdb->dbh->thread_id;
    $other = new wpdb( DB_USER, DB_PASSWORD, DB_NAME, DB_HOST );
    $other->query( "KILL $id" );
    while ( $other->get_var( "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = $id" ) > 0 ) {
      usleep( 1000 );
    }
    // What the server said last is read here: a connection that ended long ago says only that it has gone away.
    @mysqli_query( $wpdb->dbh, 'DO 1' );
  }
  return $sql;
} );`;
export function breakConnectionAt(pattern) {
  store.plugin("cutter", CUTTER);
  writeFileSync(join(store.folder, "cut"), pattern);
}
