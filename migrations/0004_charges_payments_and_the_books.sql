CREATE TABLE charge_categories (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, expires_on TEXT, source TEXT UNIQUE) STRICT;

CREATE TABLE discount_schedules (id INTEGER PRIMARY KEY, name TEXT NOT NULL, count_classes TEXT NOT NULL CHECK (count_classes IN ('one','one_per_student','total')), count_students TEXT NOT NULL CHECK (count_students IN ('one','total')), unit TEXT NOT NULL CHECK (unit IN ('cents','percent')), deleted_at INTEGER) STRICT;

CREATE TABLE discount_cells (schedule_id INTEGER NOT NULL REFERENCES discount_schedules ON DELETE CASCADE, nth_class INTEGER NOT NULL CHECK (nth_class > 0), nth_student INTEGER NOT NULL CHECK (nth_student > 0), amount INTEGER NOT NULL CHECK (amount >= 0), PRIMARY KEY (schedule_id, nth_class, nth_student)) STRICT, WITHOUT ROWID;

CREATE TABLE promo_codes (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('amount','percent','billing_schedule','trial')), amount INTEGER, billing_schedule_id INTEGER REFERENCES billing_schedules ON DELETE SET NULL, stackable INTEGER NOT NULL DEFAULT 0 CHECK (stackable IN (0,1)),
  max_uses INTEGER, once_per_family INTEGER NOT NULL DEFAULT 0 CHECK (once_per_family IN (0,1)), uses INTEGER NOT NULL DEFAULT 0, from_on TEXT, until_on TEXT, retired_at INTEGER, CHECK (max_uses IS NULL OR uses <= max_uses)
) STRICT;

-- The books. receivable is a family's account: charges debit it, payments and credits credit it, so a family's balance is one sum.
CREATE TABLE ledger_accounts (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('receivable','income','tax','money','credit_given','gift_liability','fee','rounding','opening')), program_id INTEGER REFERENCES programs ON DELETE RESTRICT, quickbooks TEXT, UNIQUE (kind, program_id, code)) STRICT;

-- Lines come first and their entry last: the entry's trigger weighs them, and the deferred key refuses lines whose entry never came. So an unbalanced entry cannot be committed, by anyone.
CREATE TABLE ledger_entries (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('charge','adjustment','payment','refund','credit','void','gift_sale','gift_use','opening','transfer')), effective_on TEXT NOT NULL, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, memo TEXT NOT NULL,
  reverses_id INTEGER UNIQUE REFERENCES ledger_entries ON DELETE RESTRICT, operation TEXT NOT NULL UNIQUE, who TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_by_day ON ledger_entries (effective_on, location_id, kind);
CREATE INDEX entries_created ON ledger_entries (created_at);

CREATE TABLE ledger_lines (
  id INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL REFERENCES ledger_entries ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED, account_id INTEGER NOT NULL REFERENCES ledger_accounts ON DELETE RESTRICT, cents INTEGER NOT NULL CHECK (cents <> 0), effective_on TEXT NOT NULL, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT,
  family_id INTEGER REFERENCES families ON DELETE RESTRICT, charge_id INTEGER REFERENCES charges ON DELETE RESTRICT, payment_id INTEGER REFERENCES payments ON DELETE RESTRICT, program_id INTEGER REFERENCES programs ON DELETE RESTRICT, category_id INTEGER REFERENCES charge_categories ON DELETE RESTRICT
) STRICT;
CREATE INDEX lines_of_entry ON ledger_lines (entry_id, cents);
CREATE INDEX lines_of_family ON ledger_lines (family_id, effective_on, id, cents) WHERE family_id IS NOT NULL;
CREATE INDEX lines_of_account ON ledger_lines (account_id, effective_on, location_id, cents);
CREATE TRIGGER entries_balance BEFORE INSERT ON ledger_entries WHEN coalesce((SELECT sum(cents) FROM ledger_lines WHERE entry_id = new.id), 1) <> 0 OR EXISTS (SELECT 1 FROM ledger_lines WHERE entry_id = new.id AND effective_on <> new.effective_on) BEGIN SELECT RAISE(ABORT, 'guard:unbalanced'); END;
CREATE TRIGGER lines_close BEFORE INSERT ON ledger_lines WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = new.entry_id) BEGIN SELECT RAISE(ABORT, 'guard:entry-closed'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'guard:ledger-append-only'); END;
CREATE TRIGGER entries_keep BEFORE DELETE ON ledger_entries BEGIN SELECT RAISE(ABORT, 'guard:ledger-append-only'); END;
CREATE TRIGGER lines_stay BEFORE UPDATE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'guard:ledger-append-only'); END;
CREATE TRIGGER lines_keep BEFORE DELETE ON ledger_lines BEGIN SELECT RAISE(ABORT, 'guard:ledger-append-only'); END;

-- Sums for lists ("has balance"), kept by the floor; append-only lines make them safe. Today's balance subtracts the lines that are dated ahead.
CREATE TABLE family_balances (family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, cents INTEGER NOT NULL, PRIMARY KEY (family_id, location_id)) STRICT, WITHOUT ROWID;
CREATE INDEX families_owing ON family_balances (location_id, cents) WHERE cents > 0;
CREATE TRIGGER balances_follow AFTER INSERT ON ledger_lines WHEN new.family_id IS NOT NULL BEGIN INSERT INTO family_balances (family_id, location_id, cents) VALUES (new.family_id, new.location_id, new.cents) ON CONFLICT (family_id, location_id) DO UPDATE SET cents = cents + excluded.cents; END;

-- Charges are never edited: a change is another line (also negative), and open_cents follows. Below zero is refused, so a paid charge is lowered only after its allocation is taken back: the money becomes credit, visibly.
CREATE TABLE charges (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, kind TEXT NOT NULL CHECK (kind IN ('class','camp','appointment','party','anniversary','late','product','pass','gift','other')), title TEXT NOT NULL,
  charge_on TEXT NOT NULL, due_on TEXT NOT NULL, early_bird_on TEXT, cents INTEGER NOT NULL DEFAULT 0, open_cents INTEGER NOT NULL DEFAULT 0 CHECK (open_cents >= 0), task_id INTEGER REFERENCES tasks ON DELETE SET NULL, who TEXT NOT NULL, source TEXT UNIQUE, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX charges_open ON charges (family_id, charge_on, id) WHERE open_cents > 0;
CREATE INDEX charges_overdue ON charges (due_on, location_id) WHERE open_cents > 0;
CREATE INDEX charges_of_family ON charges (family_id, charge_on, id);

CREATE TABLE charge_lines (
  id INTEGER PRIMARY KEY, charge_id INTEGER NOT NULL REFERENCES charges ON DELETE RESTRICT, kind TEXT NOT NULL CHECK (kind IN ('tuition','camp','anniversary','discount','promo','tax','appointment','party','product','fee','void','other')), cents INTEGER NOT NULL, program_id INTEGER REFERENCES programs ON DELETE RESTRICT, category_id INTEGER NOT NULL REFERENCES charge_categories ON DELETE RESTRICT,
  student_id INTEGER REFERENCES students ON DELETE RESTRICT, enrollment_id INTEGER REFERENCES enrollments ON DELETE RESTRICT, for_from TEXT, for_to TEXT, discount_schedule_id INTEGER REFERENCES discount_schedules ON DELETE RESTRICT, entry_id INTEGER REFERENCES ledger_entries ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX lines_of_charge ON charge_lines (charge_id);
CREATE INDEX lines_of_enrollment ON charge_lines (enrollment_id, category_id) WHERE enrollment_id IS NOT NULL;
CREATE INDEX lines_of_category ON charge_lines (category_id, program_id);
CREATE TRIGGER charge_lines_add AFTER INSERT ON charge_lines BEGIN UPDATE charges SET cents = cents + new.cents, open_cents = open_cents + new.cents WHERE id = new.charge_id; END;
CREATE TRIGGER charge_lines_stay BEFORE UPDATE ON charge_lines BEGIN SELECT RAISE(ABORT, 'guard:charge-lines-append-only'); END;
CREATE TRIGGER charge_lines_keep BEFORE DELETE ON charge_lines BEGIN SELECT RAISE(ABORT, 'guard:charge-lines-append-only'); END;

CREATE TABLE price_traces (line_id INTEGER PRIMARY KEY REFERENCES charge_lines ON DELETE CASCADE, steps TEXT NOT NULL CHECK (json_valid(steps)), deleted_schedule INTEGER NOT NULL DEFAULT 0 CHECK (deleted_schedule IN (0,1))) STRICT;

-- The duplicate rule as a key of its own: voiding the charge deletes the row, a deliberate second charge simply does not write one.
CREATE TABLE tuition_claims (enrollment_id INTEGER NOT NULL REFERENCES enrollments ON DELETE RESTRICT, category_id INTEGER NOT NULL REFERENCES charge_categories ON DELETE RESTRICT, charge_id INTEGER NOT NULL REFERENCES charges ON DELETE RESTRICT, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, PRIMARY KEY (enrollment_id, category_id, family_id)) STRICT, WITHOUT ROWID;
CREATE INDEX claims_of_charge ON tuition_claims (charge_id);

CREATE TABLE payment_methods (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, guardian_id INTEGER NOT NULL REFERENCES guardians ON DELETE RESTRICT, kind TEXT NOT NULL CHECK (kind IN ('card','bank_account')), gateway TEXT NOT NULL, token TEXT NOT NULL, brand TEXT, last_four TEXT NOT NULL CHECK (length(last_four) = 4), expires TEXT,
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0,1)), recurring INTEGER NOT NULL DEFAULT 0 CHECK (recurring IN (0,1)), invalid_at INTEGER, removed_at INTEGER, created_at INTEGER NOT NULL, UNIQUE (gateway, token)
) STRICT;
CREATE UNIQUE INDEX one_default_method ON payment_methods (guardian_id) WHERE is_default = 1 AND removed_at IS NULL;
CREATE INDEX methods_of_family ON payment_methods (family_id) WHERE removed_at IS NULL;
CREATE INDEX methods_expiring ON payment_methods (expires) WHERE removed_at IS NULL;
CREATE TRIGGER methods_at_most_three BEFORE INSERT ON payment_methods WHEN (SELECT count(*) FROM payment_methods WHERE family_id = new.family_id AND guardian_id = new.guardian_id AND removed_at IS NULL) >= 3 BEGIN SELECT RAISE(ABORT, 'guard:three-methods'); END;

CREATE TABLE payments (
  id INTEGER PRIMARY KEY, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, type TEXT NOT NULL CHECK (type IN ('card','bank_account','cash','check','external','coupon','house','other_credit','gift')), method_id INTEGER REFERENCES payment_methods ON DELETE SET NULL,
  cents INTEGER NOT NULL CHECK (cents > 0), open_cents INTEGER NOT NULL CHECK (open_cents BETWEEN 0 AND cents), refunded_cents INTEGER NOT NULL DEFAULT 0 CHECK (refunded_cents BETWEEN 0 AND cents), paid_on TEXT NOT NULL, reference TEXT, gift_code_id INTEGER REFERENCES gift_codes ON DELETE RESTRICT, attempt_id INTEGER UNIQUE REFERENCES payment_attempts ON DELETE RESTRICT,
  entry_id INTEGER REFERENCES ledger_entries ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED, who TEXT NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_of_family ON payments (family_id, paid_on DESC, id DESC);
CREATE INDEX payments_open ON payments (family_id) WHERE open_cents > 0;
CREATE INDEX payments_by_day ON payments (paid_on, location_id, type);

-- Allocations are appended; a negative one takes back. CHECKs on both ends refuse to spend a payment or settle a charge twice.
CREATE TABLE allocations (id INTEGER PRIMARY KEY, payment_id INTEGER NOT NULL REFERENCES payments ON DELETE RESTRICT, charge_id INTEGER NOT NULL REFERENCES charges ON DELETE RESTRICT, cents INTEGER NOT NULL CHECK (cents <> 0), at INTEGER NOT NULL, who TEXT NOT NULL) STRICT;
CREATE INDEX allocations_of_payment ON allocations (payment_id);
CREATE INDEX allocations_of_charge ON allocations (charge_id);
CREATE TRIGGER allocations_settle AFTER INSERT ON allocations BEGIN UPDATE payments SET open_cents = open_cents - new.cents WHERE id = new.payment_id; UPDATE charges SET open_cents = open_cents - new.cents WHERE id = new.charge_id; END;

-- An attempt is written before the gateway is asked; 'uncertain' is settled by its event or by asking again with the same key, never by a second charge.
CREATE TABLE payment_attempts (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, way TEXT NOT NULL CHECK (way IN ('charge','refund','store')), gateway TEXT NOT NULL, family_id INTEGER NOT NULL REFERENCES families ON DELETE RESTRICT, method_id INTEGER REFERENCES payment_methods ON DELETE SET NULL, cents INTEGER NOT NULL, intent TEXT NOT NULL CHECK (json_valid(intent)),
  state TEXT NOT NULL CHECK (state IN ('started','uncertain','succeeded','declined','abandoned')), gateway_id TEXT, reason TEXT, tries INTEGER NOT NULL DEFAULT 0, next_look_at INTEGER, created_at INTEGER NOT NULL, settled_at INTEGER, UNIQUE (gateway, gateway_id)
) STRICT;
CREATE INDEX attempts_unsettled ON payment_attempts (next_look_at) WHERE state IN ('started','uncertain');

CREATE TABLE vendors (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, retired_at INTEGER) STRICT;

CREATE TABLE product_categories (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES product_categories ON DELETE RESTRICT, name TEXT NOT NULL, sort INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT NOT NULL, description TEXT, vendor_id INTEGER REFERENCES vendors ON DELETE SET NULL, product_category_id INTEGER REFERENCES product_categories ON DELETE SET NULL, program_id INTEGER NOT NULL REFERENCES programs ON DELETE RESTRICT, charge_category_id INTEGER NOT NULL REFERENCES charge_categories ON DELETE RESTRICT, image_key TEXT, show_portal INTEGER NOT NULL DEFAULT 0 CHECK (show_portal IN (0,1)), active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0,1))) STRICT;
CREATE INDEX products_listed ON products (active, title, id);

CREATE TABLE product_variants (id INTEGER PRIMARY KEY, product_id INTEGER NOT NULL REFERENCES products ON DELETE CASCADE, name TEXT NOT NULL, sku TEXT UNIQUE, cents INTEGER NOT NULL CHECK (cents >= 0), sale_cents INTEGER CHECK (sale_cents >= 0), tracks_stock INTEGER NOT NULL DEFAULT 0 CHECK (tracks_stock IN (0,1)), retired_at INTEGER) STRICT;
CREATE INDEX variants_of_product ON product_variants (product_id);

-- on_hand cannot fall below zero whoever sells; held is what carts keep, returned by the sweep or by the item's trigger.
CREATE TABLE stock (variant_id INTEGER NOT NULL REFERENCES product_variants ON DELETE CASCADE, location_id INTEGER NOT NULL REFERENCES locations ON DELETE CASCADE, on_hand INTEGER NOT NULL DEFAULT 0 CHECK (on_hand >= 0), PRIMARY KEY (variant_id, location_id)) STRICT, WITHOUT ROWID;

CREATE TABLE stock_moves (id INTEGER PRIMARY KEY, variant_id INTEGER NOT NULL REFERENCES product_variants ON DELETE RESTRICT, location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, step INTEGER NOT NULL CHECK (step <> 0), reason TEXT NOT NULL CHECK (reason IN ('received','sold','returned','counted','held','released','transferred')), order_line_id INTEGER REFERENCES order_lines ON DELETE RESTRICT, cart_item_id INTEGER REFERENCES cart_items ON DELETE SET NULL, at INTEGER NOT NULL, who TEXT NOT NULL) STRICT;
CREATE INDEX moves_of_variant ON stock_moves (variant_id, location_id, at);
CREATE TRIGGER stock_follows AFTER INSERT ON stock_moves BEGIN INSERT INTO stock (variant_id, location_id, on_hand) VALUES (new.variant_id, new.location_id, 0) ON CONFLICT DO NOTHING; UPDATE stock SET on_hand = on_hand + new.step WHERE variant_id = new.variant_id AND location_id = new.location_id; END;

CREATE TABLE orders (
  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, family_id INTEGER REFERENCES families ON DELETE RESTRICT, guest TEXT CHECK (guest IS NULL OR json_valid(guest)), location_id INTEGER NOT NULL REFERENCES locations ON DELETE RESTRICT, made_in TEXT NOT NULL CHECK (made_in IN ('portal','point_of_sale')), charge_id INTEGER REFERENCES charges ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('paid','picked','picked_up','returned')), picked_at INTEGER, picked_up_at INTEGER, staff_id INTEGER REFERENCES staff ON DELETE SET NULL, created_at INTEGER NOT NULL, CHECK ((family_id IS NULL) <> (guest IS NULL))
) STRICT;
CREATE INDEX orders_listed ON orders (created_at, id);
CREATE INDEX orders_of_family ON orders (family_id, created_at) WHERE family_id IS NOT NULL;

CREATE TABLE order_lines (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders ON DELETE RESTRICT, variant_id INTEGER NOT NULL REFERENCES product_variants ON DELETE RESTRICT, quantity INTEGER NOT NULL CHECK (quantity > 0), listed_cents INTEGER NOT NULL, cents INTEGER NOT NULL, picked INTEGER NOT NULL DEFAULT 0 CHECK (picked IN (0,1)), returned INTEGER NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND quantity)) STRICT;
CREATE INDEX lines_of_order ON order_lines (order_id);

CREATE TABLE gift_codes (id INTEGER PRIMARY KEY, code_hash TEXT NOT NULL UNIQUE, last_four TEXT NOT NULL, bought_cents INTEGER NOT NULL CHECK (bought_cents > 0), worth_cents INTEGER NOT NULL CHECK (worth_cents > 0), left_cents INTEGER NOT NULL CHECK (left_cents BETWEEN 0 AND worth_cents), buyer_family_id INTEGER REFERENCES families ON DELETE RESTRICT, receiver_family_id INTEGER REFERENCES families ON DELETE RESTRICT, guest TEXT CHECK (guest IS NULL OR json_valid(guest)), order_id INTEGER REFERENCES orders ON DELETE RESTRICT, expires_on TEXT, voided_at INTEGER, created_at INTEGER NOT NULL) STRICT;

CREATE TABLE gift_uses (id INTEGER PRIMARY KEY, gift_code_id INTEGER NOT NULL REFERENCES gift_codes ON DELETE RESTRICT, cents INTEGER NOT NULL CHECK (cents <> 0), payment_id INTEGER REFERENCES payments ON DELETE RESTRICT, at INTEGER NOT NULL, who TEXT NOT NULL) STRICT;
CREATE INDEX uses_of_gift ON gift_uses (gift_code_id);
CREATE TRIGGER gift_uses_count AFTER INSERT ON gift_uses BEGIN UPDATE gift_codes SET left_cents = left_cents - new.cents WHERE id = new.gift_code_id; END;
CREATE INDEX charges_by_task ON charges (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX charge_lines_by_student ON charge_lines (student_id) WHERE student_id IS NOT NULL;
CREATE INDEX tuition_claims_by_family ON tuition_claims (family_id);
CREATE INDEX payment_methods_by_guardian ON payment_methods (guardian_id);
CREATE INDEX payment_methods_by_family ON payment_methods (family_id);
CREATE INDEX payment_attempts_by_family ON payment_attempts (family_id);
CREATE INDEX stock_moves_by_cart_item ON stock_moves (cart_item_id) WHERE cart_item_id IS NOT NULL;
CREATE INDEX stock_moves_by_order_line ON stock_moves (order_line_id) WHERE order_line_id IS NOT NULL;
CREATE INDEX gift_codes_by_order ON gift_codes (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX gift_codes_by_receiver_family ON gift_codes (receiver_family_id) WHERE receiver_family_id IS NOT NULL;
CREATE INDEX gift_codes_by_buyer_family ON gift_codes (buyer_family_id) WHERE buyer_family_id IS NOT NULL;

-- The accounts of the books that every business has; income is told apart by the program on each line.
INSERT INTO ledger_accounts (id, code, name, kind) VALUES (1, 'receivable', 'Families', 'receivable'), (2, 'income', 'Income', 'income'), (3, 'tax', 'Tax', 'tax'), (4, 'money', 'Money received', 'money'), (5, 'credit', 'Credit given', 'credit_given'), (6, 'gifts', 'Gift certificates', 'gift_liability');
INSERT INTO charge_categories (id, name) VALUES (1, 'Class Tuition'), (2, 'Parties'), (3, 'Pro shop'), (4, 'Gift certificates'), (5, 'Appointments'), (6, 'Other');
INSERT INTO billing_schedules (id, name, cycle) VALUES (1, 'Monthly', 'month_session');
