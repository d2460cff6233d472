-- A shop's rows as the plugin of commit 90fcd04 left them, after the run that upgrade.test.mjs tells of; {...} is filled in there.
-- {"made_at": 1796044208, "product": 11, "orders": {"paid": 50001, "short": 50002, "dead": 50003, "rehearsed": 50004, "open": 50006}}
/*M!999999\- enable the sandbox mode */ 
CREATE TABLE `wp_bonuspay_attempts` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `order_id` bigint(20) unsigned NOT NULL,
  `number` int(10) unsigned NOT NULL,
  `mode` varchar(4) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `scene` varchar(6) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `merchant_order_no` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `order_no` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `token` char(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `partner_id` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `price` varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `currency` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `coin` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `network` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  `due` varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `received` varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '0',
  `address` varchar(128) DEFAULT NULL,
  `checkout_url` varchar(500) DEFAULT NULL,
  `state` varchar(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `reason` varchar(255) NOT NULL DEFAULT '',
  `request` text NOT NULL,
  `tx_hash` varchar(200) DEFAULT NULL,
  `created_at` bigint(20) NOT NULL,
  `sent_at` bigint(20) NOT NULL DEFAULT 0,
  `expires_at` bigint(20) NOT NULL,
  `checked_at` bigint(20) NOT NULL DEFAULT 0,
  `next_check_at` bigint(20) DEFAULT NULL,
  `checks` int(10) unsigned NOT NULL DEFAULT 0,
  `fails` int(10) unsigned NOT NULL DEFAULT 0,
  `cancel_asked` tinyint(1) NOT NULL DEFAULT 0,
  `accepted` tinyint(1) NOT NULL DEFAULT 0,
  `version` bigint(20) unsigned NOT NULL DEFAULT 1,
  `fence` bigint(20) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `merchant_order_no` (`merchant_order_no`),
  UNIQUE KEY `order_number` (`order_id`,`number`),
  KEY `order_no` (`order_no`),
  KEY `next_check_at` (`next_check_at`)
) ENGINE=InnoDB AUTO_INCREMENT=6 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_bonuspay_attempts` (`id`, `order_id`, `number`, `mode`, `scene`, `merchant_order_no`, `order_no`, `token`, `partner_id`, `price`, `currency`, `coin`, `network`, `due`, `received`, `address`, `checkout_url`, `state`, `reason`, `request`, `tx_hash`, `created_at`, `sent_at`, `expires_at`, `checked_at`, `next_check_at`, `checks`, `fails`, `cancel_asked`, `accepted`, `version`, `fence`) VALUES (1,50001,1,'test','onsite','wp31085c_50001-1','131796043478000001','a53bf3d0bb67475b9846b635221199c4','{partner_id}','16.81','USD','USDT','TRON','16.81','16.81','TWZvvvxeKdu7kw3ZNE7gbZiqsPWvVL71KE',NULL,'paid','','{\"merchantOrderNo\":\"wp31085c_50001-1\",\"subject\":\"50001 BonusPay shop\",\"expiredTime\":1796047074000,\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},\"notifyUrl\":\"http://{host}/wp-json/bonuspay/v1/callback\",\"reserved\":\"a53bf3d0bb67475b9846b635221199c4\",\"refAmount\":{\"exchangeCurrencyCode\":\"USDT\",\"refAmount\":{\"amount\":\"16.81\",\"currency\":\"USD\"}}}','27f23cffa3d2dfc6ba41127357922d5a4c17c8fa61e46e313bdda72db303fb40',1796043474,1796043477,1796047074,1796043477,NULL,1,0,0,0,4,2);
INSERT INTO `wp_bonuspay_attempts` (`id`, `order_id`, `number`, `mode`, `scene`, `merchant_order_no`, `order_no`, `token`, `partner_id`, `price`, `currency`, `coin`, `network`, `due`, `received`, `address`, `checkout_url`, `state`, `reason`, `request`, `tx_hash`, `created_at`, `sent_at`, `expires_at`, `checked_at`, `next_check_at`, `checks`, `fails`, `cancel_asked`, `accepted`, `version`, `fence`) VALUES (2,50002,1,'test','onsite','wp31085c_50002-1','131796043539000004','a87a65ad229feeb7c9cc0cb3f337400e','{partner_id}','16.81','USD','USDT','TRON','16.81','5','TSJh8Dda4HWA5BcNMdyyCRJo69GjvvY6zJ',NULL,'partial','','{\"merchantOrderNo\":\"wp31085c_50002-1\",\"subject\":\"50002 BonusPay shop\",\"expiredTime\":1796047139000,\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},\"notifyUrl\":\"http://{host}/wp-json/bonuspay/v1/callback\",\"reserved\":\"a87a65ad229feeb7c9cc0cb3f337400e\",\"refAmount\":{\"exchangeCurrencyCode\":\"USDT\",\"refAmount\":{\"amount\":\"16.81\",\"currency\":\"USD\"}}}','6c7a20deda6ab9e0d4d2308d7e46eb1ab6d5a870c51429fc825c85a375b94da1',1796043539,1796043539,1796047139,1796043539,1796043614,1,0,0,0,5,3);
INSERT INTO `wp_bonuspay_attempts` (`id`, `order_id`, `number`, `mode`, `scene`, `merchant_order_no`, `order_no`, `token`, `partner_id`, `price`, `currency`, `coin`, `network`, `due`, `received`, `address`, `checkout_url`, `state`, `reason`, `request`, `tx_hash`, `created_at`, `sent_at`, `expires_at`, `checked_at`, `next_check_at`, `checks`, `fails`, `cancel_asked`, `accepted`, `version`, `fence`) VALUES (3,50003,1,'test','onsite','wp31085c_50003-1','131796043566000006','05077ad18b7b4d268da62861a54fb2fe','{partner_id}','16.81','USD','USDT','TRON','16.81','0','THcLTgeWoR4UGCzQVX3RseJeQKvPLnRB6n',NULL,'failed','','{\"merchantOrderNo\":\"wp31085c_50003-1\",\"subject\":\"50003 BonusPay shop\",\"expiredTime\":1796047166000,\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},\"notifyUrl\":\"http://{host}/wp-json/bonuspay/v1/callback\",\"reserved\":\"05077ad18b7b4d268da62861a54fb2fe\",\"refAmount\":{\"exchangeCurrencyCode\":\"USDT\",\"refAmount\":{\"amount\":\"16.81\",\"currency\":\"USD\"}}}',NULL,1796043566,1796043566,1796047166,1796043566,1796043626,0,0,0,0,5,3);
INSERT INTO `wp_bonuspay_attempts` (`id`, `order_id`, `number`, `mode`, `scene`, `merchant_order_no`, `order_no`, `token`, `partner_id`, `price`, `currency`, `coin`, `network`, `due`, `received`, `address`, `checkout_url`, `state`, `reason`, `request`, `tx_hash`, `created_at`, `sent_at`, `expires_at`, `checked_at`, `next_check_at`, `checks`, `fails`, `cancel_asked`, `accepted`, `version`, `fence`) VALUES (4,50004,1,'test','onsite','wp31085c_50004-1','131796043824000008','5f31269cd60f5df6d1547bb23d683e00','{partner_id}','25','USD','USDT','TRON','25','25','TELrwUN1rts13u3xsDheAy9dJCmJrJqEPP',NULL,'paid','','{\"merchantOrderNo\":\"wp31085c_50004-1\",\"subject\":\"50004 BonusPay shop\",\"expiredTime\":1796047424000,\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},\"notifyUrl\":\"http://{host}/wp-json/bonuspay/v1/callback\",\"reserved\":\"5f31269cd60f5df6d1547bb23d683e00\",\"refAmount\":{\"exchangeCurrencyCode\":\"USDT\",\"refAmount\":{\"amount\":\"25\",\"currency\":\"USD\"}}}','25626e72e01ebe190fdface192a0273f72c600ffe34c1ff3bad9ac948abe37ad',1796043824,1796043824,1796047424,1796043824,1796043884,0,0,0,0,4,2);
INSERT INTO `wp_bonuspay_attempts` (`id`, `order_id`, `number`, `mode`, `scene`, `merchant_order_no`, `order_no`, `token`, `partner_id`, `price`, `currency`, `coin`, `network`, `due`, `received`, `address`, `checkout_url`, `state`, `reason`, `request`, `tx_hash`, `created_at`, `sent_at`, `expires_at`, `checked_at`, `next_check_at`, `checks`, `fails`, `cancel_asked`, `accepted`, `version`, `fence`) VALUES (5,50006,1,'test','onsite','wp31085c_50006-1','131796043849000012','8c153f43bdda05432f3d97ec45794441','{partner_id}','16.81','USD','USDT','TRON','16.81','0','TL1esmW2VqPRsrhh72A2EtNrLdfJ9Qfo4i',NULL,'waiting','','{\"merchantOrderNo\":\"wp31085c_50006-1\",\"subject\":\"50006 BonusPay shop\",\"expiredTime\":1796047449000,\"paySceneCode\":\"API\",\"paySceneParams\":{\"chainCode\":\"TRON\",\"payChannelCode\":\"CHAIN\"},\"notifyUrl\":\"http://{host}/wp-json/bonuspay/v1/callback\",\"reserved\":\"8c153f43bdda05432f3d97ec45794441\",\"refAmount\":{\"exchangeCurrencyCode\":\"USDT\",\"refAmount\":{\"amount\":\"16.81\",\"currency\":\"USD\"}}}',NULL,1796043849,1796043849,1796047449,1796043849,1796043909,0,0,0,0,3,1);
/*M!999999\- enable the sandbox mode */ 
CREATE TABLE `wp_bonuspay_refunds` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `order_id` bigint(20) unsigned NOT NULL,
  `attempt_id` bigint(20) unsigned NOT NULL,
  `number` int(10) unsigned NOT NULL,
  `source` varchar(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `refund_merchant_order_no` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `refund_no` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `wc_refund_id` bigint(20) unsigned DEFAULT NULL,
  `token` char(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `amount` varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '0',
  `coin` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `fiat` varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '0',
  `currency` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `network` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  `address` varchar(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `address_by` varchar(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  `address_at` bigint(20) NOT NULL DEFAULT 0,
  `state` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `rejected` tinyint(1) NOT NULL DEFAULT 0,
  `reason` varchar(255) NOT NULL DEFAULT '',
  `fee` varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `fee_coin` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  `status_before` varchar(20) NOT NULL DEFAULT '',
  `created_at` bigint(20) NOT NULL,
  `asked_at` bigint(20) NOT NULL DEFAULT 0,
  `sent_at` bigint(20) NOT NULL DEFAULT 0,
  `ended_at` bigint(20) NOT NULL DEFAULT 0,
  `next_check_at` bigint(20) DEFAULT NULL,
  `checks` int(10) unsigned NOT NULL DEFAULT 0,
  `version` bigint(20) unsigned NOT NULL DEFAULT 1,
  `fence` bigint(20) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `refund_merchant_order_no` (`refund_merchant_order_no`),
  UNIQUE KEY `order_number` (`order_id`,`number`),
  UNIQUE KEY `wc_refund_id` (`wc_refund_id`),
  KEY `attempt_id` (`attempt_id`),
  KEY `next_check_at` (`next_check_at`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_bonuspay_refunds` (`id`, `order_id`, `attempt_id`, `number`, `source`, `refund_merchant_order_no`, `refund_no`, `wc_refund_id`, `token`, `amount`, `coin`, `fiat`, `currency`, `network`, `address`, `address_by`, `address_at`, `state`, `rejected`, `reason`, `fee`, `fee_coin`, `status_before`, `created_at`, `asked_at`, `sent_at`, `ended_at`, `next_check_at`, `checks`, `version`, `fence`) VALUES (1,50001,1,1,'order','wp31085c_50001-r1','191796043840000011',50005,'3a3694a31cfe7efe1d22cf46f2ce343e','5','USDT','5','USD','TRON','TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t','merchant',1796043838,'created',0,'','0.1','USDT','processing',1796043840,0,1796043840,0,1796043960,0,5,6);
/*M!999999\- enable the sandbox mode */ 
CREATE TABLE `wp_bonuspay_events` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `event_key` char(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `body_hash` char(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `kind` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `status` varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `merchant_order_no` varchar(64) NOT NULL DEFAULT '',
  `attempt_id` bigint(20) unsigned DEFAULT NULL,
  `order_id` bigint(20) unsigned DEFAULT NULL,
  `state` varchar(12) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `outcome` varchar(255) NOT NULL DEFAULT '',
  `deliveries` int(10) unsigned NOT NULL DEFAULT 1,
  `tries` int(10) unsigned NOT NULL DEFAULT 0,
  `received_at` bigint(20) NOT NULL,
  `next_try_at` bigint(20) DEFAULT NULL,
  `handled_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `event_key` (`event_key`),
  KEY `next_try_at` (`next_try_at`),
  KEY `order_id` (`order_id`)
) ENGINE=InnoDB AUTO_INCREMENT=6 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_bonuspay_events` (`id`, `event_key`, `body_hash`, `kind`, `status`, `merchant_order_no`, `attempt_id`, `order_id`, `state`, `outcome`, `deliveries`, `tries`, `received_at`, `next_try_at`, `handled_at`) VALUES (1,'bf63dea96cb36537cc58c876c7f303444c30c6310a59cf42ff4ce75c6ff54287','fe3a7b0beeb3e037d7c537370abb49360b9ba7084da2878d11d9332b54a3d941','order','SUCCESS','wp31085c_50001-1',1,50001,'done','paid',2,0,1796043516,NULL,1796043528);
INSERT INTO `wp_bonuspay_events` (`id`, `event_key`, `body_hash`, `kind`, `status`, `merchant_order_no`, `attempt_id`, `order_id`, `state`, `outcome`, `deliveries`, `tries`, `received_at`, `next_try_at`, `handled_at`) VALUES (2,'e40326f8a047cd449a504ce44391e0a4eee22b8d2ba13b5de0df607c57cba85e','881311b2924692569ebd3f3da375f87ab6de02ca434c1566d74be8c29dbf808a','order','FAILURE','wp31085c_50003-1',3,50003,'done','failed',2,0,1796043613,NULL,1796043692);
INSERT INTO `wp_bonuspay_events` (`id`, `event_key`, `body_hash`, `kind`, `status`, `merchant_order_no`, `attempt_id`, `order_id`, `state`, `outcome`, `deliveries`, `tries`, `received_at`, `next_try_at`, `handled_at`) VALUES (5,'3679810d1e68a60c476279033d3326fd0dba2dfb5ebce32d1e0cf1a01a5233ff','80cc91cb9e6bc19d7ef541d4e29c830cc37783c9e64b248363fd8f7d4112062f','order','SUCCESS','wp31085c_50004-1',4,50004,'done','paid',1,0,1796043824,NULL,1796043826);
/*M!999999\- enable the sandbox mode */ 
CREATE TABLE `wp_bonuspay_effects` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `attempt_id` bigint(20) unsigned NOT NULL,
  `order_id` bigint(20) unsigned NOT NULL,
  `effect` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `claimed_at` bigint(20) NOT NULL,
  `done_at` bigint(20) DEFAULT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `attempt_effect` (`attempt_id`,`effect`),
  KEY `done_at` (`done_at`,`claimed_at`)
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_bonuspay_effects` (`id`, `attempt_id`, `order_id`, `effect`, `claimed_at`, `done_at`) VALUES (1,1,50001,'complete',1796043516,1796043528);
INSERT INTO `wp_bonuspay_effects` (`id`, `attempt_id`, `order_id`, `effect`, `claimed_at`, `done_at`) VALUES (2,2,50002,'hold_partial:5',1796043550,1796043554);
INSERT INTO `wp_bonuspay_effects` (`id`, `attempt_id`, `order_id`, `effect`, `claimed_at`, `done_at`) VALUES (3,3,50003,'note_dead',1796043630,NULL);
INSERT INTO `wp_bonuspay_effects` (`id`, `attempt_id`, `order_id`, `effect`, `claimed_at`, `done_at`) VALUES (4,4,50004,'complete',1796043824,1796043826);
INSERT INTO `wp_bonuspay_effects` (`id`, `attempt_id`, `order_id`, `effect`, `claimed_at`, `done_at`) VALUES (6,1,50001,'note:refund1:8c9e9d3f2b3169ed',1796043841,1796043841);
/*M!999999\- enable the sandbox mode */ 
CREATE TABLE `wp_bonuspay_locks` (
  `order_id` bigint(20) unsigned NOT NULL,
  `purpose` varchar(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `owner` char(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  `fence` bigint(20) unsigned NOT NULL,
  `expires_at` datetime(3) NOT NULL,
  PRIMARY KEY (`order_id`,`purpose`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50001,'decide','61fff469a5b157ac500411fa59894599',6,'2026-11-30 13:04:00.064');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50001,'effects','4a5bee14dc41ad15551b9168831dee14',1,'2026-11-30 12:58:47.516');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50002,'decide','04559c18f6d487d480954ecc949e065a',3,'2026-11-30 13:03:52.272');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50002,'effects','d373e7d19e71da1959b8f7c448438cf3',1,'2026-11-30 12:59:13.152');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50003,'decide','cef7786379e4d57e471ee55694ad4dd0',3,'2026-11-30 13:03:52.380');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50003,'effects','c349afda15447b6820c102c6917488f4',1,'2026-11-30 13:01:31.116');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50004,'decide','de71788122bb8e66b04a44938dbb314b',2,'2026-11-30 13:03:43.969');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50004,'effects','db022fedb658924869df9c267712ed01',1,'2026-11-30 13:03:45.660');
INSERT INTO `wp_bonuspay_locks` (`order_id`, `purpose`, `owner`, `fence`, `expires_at`) VALUES (50006,'decide','ec072741d4907ffcfcc0094c598977d6',1,'2026-11-30 13:04:08.908');
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_options` (`option_name`, `option_value`, `autoload`) VALUES ('bonuspay_wc_schema','2','on');
INSERT INTO `wp_options` (`option_name`, `option_value`, `autoload`) VALUES ('bonuspay_wc_keys','a:1:{s:4:\"test\";a:2:{s:10:\"partner_id\";s:12:\"{partner_id}\";s:11:\"public_keys\";a:1:{i:0;{public_key}}}}','on');
INSERT INTO `wp_options` (`option_name`, `option_value`, `autoload`) VALUES ('bonuspay_wc_site_url','http://{host}','on');
INSERT INTO `wp_options` (`option_name`, `option_value`, `autoload`) VALUES ('bonuspay_wc_private_key_test','a:1:{s:3:\"key\";{private_key}}','off');
INSERT INTO `wp_options` (`option_name`, `option_value`, `autoload`) VALUES ('woocommerce_bonuspay_settings','a:7:{s:5:\"title\";s:17:\"Coins by BonusPay\";s:17:\"tolerance_percent\";s:3:\"0.5\";s:10:\"after_dead\";s:6:\"failed\";s:7:\"enabled\";s:3:\"yes\";s:4:\"mode\";s:4:\"test\";s:5:\"scene\";s:6:\"onsite\";s:7:\"choices\";a:4:{i:0;s:9:\"USDT-TRON\";i:1;s:8:\"USDT-ETH\";i:2;s:7:\"BTC-BTC\";i:3;s:7:\"ETH-ETH\";}}','auto');
INSERT INTO `wp_options` (`option_name`, `option_value`, `autoload`) VALUES ('bonuspay_wc_order_prefix','wp31085c_','on');
INSERT INTO `wp_options` (`option_name`, `option_value`, `autoload`) VALUES ('bonuspay_wc_report','a:6:{s:4:\"from\";i:1796036632;s:2:\"to\";i:1796043892;s:4:\"mode\";s:4:\"test\";s:7:\"made_at\";i:1796043833;s:5:\"lines\";a:3:{i:0;a:18:{s:4:\"kind\";s:7:\"payment\";s:5:\"order\";s:5:\"50001\";s:6:\"number\";s:16:\"wp31085c_50001-1\";s:15:\"bonuspay_number\";s:18:\"131796043478000001\";s:7:\"created\";s:20:\"2026-11-30T12:57:54Z\";s:5:\"price\";s:5:\"16.81\";s:8:\"currency\";s:3:\"USD\";s:11:\"order_total\";s:5:\"16.81\";s:4:\"coin\";s:4:\"USDT\";s:7:\"network\";s:4:\"TRON\";s:3:\"due\";s:5:\"16.81\";s:8:\"received\";s:5:\"16.81\";s:7:\"matched\";s:5:\"16.81\";s:11:\"unexplained\";s:1:\"0\";s:5:\"state\";s:4:\"paid\";s:12:\"order_status\";s:10:\"processing\";s:11:\"at_bonuspay\";s:7:\"settled\";s:6:\"remark\";s:0:\"\";}i:1;a:18:{s:4:\"kind\";s:7:\"payment\";s:5:\"order\";s:5:\"50002\";s:6:\"number\";s:16:\"wp31085c_50002-1\";s:15:\"bonuspay_number\";s:18:\"131796043539000004\";s:7:\"created\";s:20:\"2026-11-30T12:58:59Z\";s:5:\"price\";s:5:\"16.81\";s:8:\"currency\";s:3:\"USD\";s:11:\"order_total\";s:0:\"\";s:4:\"coin\";s:4:\"USDT\";s:7:\"network\";s:4:\"TRON\";s:3:\"due\";s:5:\"16.81\";s:8:\"received\";s:1:\"5\";s:7:\"matched\";s:1:\"5\";s:11:\"unexplained\";s:1:\"0\";s:5:\"state\";s:7:\"partial\";s:12:\"order_status\";s:7:\"on-hold\";s:11:\"at_bonuspay\";s:7:\"pending\";s:6:\"remark\";s:0:\"\";}i:2;a:18:{s:4:\"kind\";s:7:\"payment\";s:5:\"order\";s:5:\"50003\";s:6:\"number\";s:16:\"wp31085c_50003-1\";s:15:\"bonuspay_number\";s:18:\"131796043566000006\";s:7:\"created\";s:20:\"2026-11-30T12:59:26Z\";s:5:\"price\";s:5:\"16.81\";s:8:\"currency\";s:3:\"USD\";s:11:\"order_total\";s:0:\"\";s:4:\"coin\";s:4:\"USDT\";s:7:\"network\";s:4:\"TRON\";s:3:\"due\";s:5:\"16.81\";s:8:\"received\";s:1:\"0\";s:7:\"matched\";s:1:\"0\";s:11:\"unexplained\";s:1:\"0\";s:5:\"state\";s:6:\"failed\";s:12:\"order_status\";s:6:\"failed\";s:11:\"at_bonuspay\";s:6:\"failed\";s:6:\"remark\";s:0:\"\";}}s:8:\"is_whole\";b:1;}','off');
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_posts` (`ID`, `post_author`, `post_date`, `post_date_gmt`, `post_content`, `post_title`, `post_excerpt`, `post_status`, `comment_status`, `ping_status`, `post_password`, `post_name`, `to_ping`, `pinged`, `post_modified`, `post_modified_gmt`, `post_content_filtered`, `post_parent`, `guid`, `menu_order`, `post_type`, `post_mime_type`, `comment_count`) VALUES (50001,0,'2026-11-30 12:57:13','2026-11-30 12:57:13','','Order &ndash; November 30, 2026 @ 12:57 PM','','wc-processing','open','closed','','order-november-30-2026-1257-pm','','','2026-11-30 13:04:02','2026-11-30 13:04:02','',0,'http://{host}/?post_type=shop_order&#038;p=50001',0,'shop_order','',6);
INSERT INTO `wp_posts` (`ID`, `post_author`, `post_date`, `post_date_gmt`, `post_content`, `post_title`, `post_excerpt`, `post_status`, `comment_status`, `ping_status`, `post_password`, `post_name`, `to_ping`, `pinged`, `post_modified`, `post_modified_gmt`, `post_content_filtered`, `post_parent`, `guid`, `menu_order`, `post_type`, `post_mime_type`, `comment_count`) VALUES (50002,0,'2026-11-30 12:58:54','2026-11-30 12:58:54','','Order &ndash; November 30, 2026 @ 12:58 PM','','wc-on-hold','open','closed','','order-november-30-2026-1258-pm','','','2026-11-30 12:59:13','2026-11-30 12:59:13','',0,'http://{host}/?post_type=shop_order&#038;p=50002',0,'shop_order','',3);
INSERT INTO `wp_posts` (`ID`, `post_author`, `post_date`, `post_date_gmt`, `post_content`, `post_title`, `post_excerpt`, `post_status`, `comment_status`, `ping_status`, `post_password`, `post_name`, `to_ping`, `pinged`, `post_modified`, `post_modified_gmt`, `post_content_filtered`, `post_parent`, `guid`, `menu_order`, `post_type`, `post_mime_type`, `comment_count`) VALUES (50003,0,'2026-11-30 12:59:19','2026-11-30 12:59:19','','Order &ndash; November 30, 2026 @ 12:59 PM','','wc-failed','open','closed','','order-november-30-2026-1259-pm','','','2026-11-30 13:01:00','2026-11-30 13:01:00','',0,'http://{host}/?post_type=shop_order&#038;p=50003',0,'shop_order','',2);
INSERT INTO `wp_posts` (`ID`, `post_author`, `post_date`, `post_date_gmt`, `post_content`, `post_title`, `post_excerpt`, `post_status`, `comment_status`, `ping_status`, `post_password`, `post_name`, `to_ping`, `pinged`, `post_modified`, `post_modified_gmt`, `post_content_filtered`, `post_parent`, `guid`, `menu_order`, `post_type`, `post_mime_type`, `comment_count`) VALUES (50004,0,'2026-11-30 13:03:43','2026-11-30 13:03:43','','Order &ndash; November 30, 2026 @ 01:03 PM','','wc-completed','open','closed','','order-november-30-2026-0103-pm','','','2026-11-30 13:03:46','2026-11-30 13:03:46','',0,'http://{host}/?post_type=shop_order&#038;p=50004',0,'shop_order','',3);
INSERT INTO `wp_posts` (`ID`, `post_author`, `post_date`, `post_date_gmt`, `post_content`, `post_title`, `post_excerpt`, `post_status`, `comment_status`, `ping_status`, `post_password`, `post_name`, `to_ping`, `pinged`, `post_modified`, `post_modified_gmt`, `post_content_filtered`, `post_parent`, `guid`, `menu_order`, `post_type`, `post_mime_type`, `comment_count`) VALUES (50005,0,'2026-11-30 13:03:59','2026-11-30 13:03:59','','','','wc-completed','closed','closed','','50005','','','2026-11-30 13:04:01','2026-11-30 13:04:01','',50001,'http://{host}/?post_type=shop_order_refund&#038;p=50005',0,'shop_order_refund','',0);
INSERT INTO `wp_posts` (`ID`, `post_author`, `post_date`, `post_date_gmt`, `post_content`, `post_title`, `post_excerpt`, `post_status`, `comment_status`, `ping_status`, `post_password`, `post_name`, `to_ping`, `pinged`, `post_modified`, `post_modified_gmt`, `post_content_filtered`, `post_parent`, `guid`, `menu_order`, `post_type`, `post_mime_type`, `comment_count`) VALUES (50006,0,'2026-11-30 13:04:05','2026-11-30 13:04:05','','Order &ndash; November 30, 2026 @ 01:04 PM','','wc-pending','open','closed','','order-november-30-2026-0104-pm','','','2026-11-30 13:04:10','2026-11-30 13:04:10','',0,'http://{host}/?post_type=shop_order&#038;p=50006',0,'shop_order','',1);
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500001,50001,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500002,50001,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500003,50001,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500004,50001,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500005,50001,'is_vat_exempt','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500006,50001,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500007,50001,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500008,50001,'_order_key','wc_order_WfzpFSh8hzVqL');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500009,50001,'_customer_user','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500010,50001,'_payment_method','bonuspay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500011,50001,'_customer_ip_address','127.0.0.1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500012,50001,'_customer_user_agent','node');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500013,50001,'_created_via','store-api');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500015,50001,'_download_permissions_granted','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500016,50001,'_recorded_sales','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500017,50001,'_recorded_coupon_usage_counts','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500018,50001,'_new_order_email_sent','true');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500019,50001,'_order_stock_reduced','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500020,50001,'_billing_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500021,50001,'_billing_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500022,50001,'_billing_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500023,50001,'_billing_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500024,50001,'_billing_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500025,50001,'_billing_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500026,50001,'_billing_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500027,50001,'_billing_email','ada@shopper.test');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500028,50001,'_shipping_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500029,50001,'_shipping_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500030,50001,'_shipping_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500031,50001,'_shipping_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500032,50001,'_shipping_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500033,50001,'_shipping_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500034,50001,'_shipping_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500035,50001,'_order_currency','USD');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500036,50001,'_cart_discount','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500037,50001,'_cart_discount_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500038,50001,'_order_shipping','4');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500039,50001,'_order_shipping_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500040,50001,'_order_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500041,50001,'_order_total','16.81');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500042,50001,'_order_version','10.5.0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500043,50001,'_prices_include_tax','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500051,50001,'_payment_method_title','Coins by BonusPay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500065,50001,'_debug_log_source_pending_deletion','place-order-debug-7eb1932a');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500068,50001,'_bonuspay_paid_by','wp31085c_50001-1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500070,50001,'_transaction_id','27f23cffa3d2dfc6ba41127357922d5a4c17c8fa61e46e313bdda72db303fb40');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500071,50001,'_date_paid','1796043521');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500073,50001,'_paid_date','2026-11-30 12:58:41');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500077,50002,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500078,50002,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500079,50002,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500080,50002,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500081,50002,'is_vat_exempt','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500082,50002,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500083,50002,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500084,50002,'_order_key','wc_order_n1lYHfocCtfWG');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500085,50002,'_customer_user','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500086,50002,'_payment_method','bonuspay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500087,50002,'_customer_ip_address','127.0.0.1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500088,50002,'_customer_user_agent','node');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500089,50002,'_created_via','store-api');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500091,50002,'_download_permissions_granted','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500092,50002,'_recorded_sales','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500093,50002,'_recorded_coupon_usage_counts','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500094,50002,'_new_order_email_sent','true');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500095,50002,'_order_stock_reduced','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500096,50002,'_billing_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500097,50002,'_billing_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500098,50002,'_billing_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500099,50002,'_billing_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500100,50002,'_billing_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500101,50002,'_billing_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500102,50002,'_billing_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500103,50002,'_billing_email','ada@shopper.test');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500104,50002,'_shipping_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500105,50002,'_shipping_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500106,50002,'_shipping_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500107,50002,'_shipping_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500108,50002,'_shipping_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500109,50002,'_shipping_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500110,50002,'_shipping_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500111,50002,'_order_currency','USD');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500112,50002,'_cart_discount','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500113,50002,'_cart_discount_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500114,50002,'_order_shipping','4');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500115,50002,'_order_shipping_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500116,50002,'_order_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500117,50002,'_order_total','16.81');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500118,50002,'_order_version','10.5.0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500119,50002,'_prices_include_tax','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500127,50002,'_payment_method_title','Coins by BonusPay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500141,50002,'_debug_log_source_pending_deletion','place-order-debug-16e058f8');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500146,50002,'_cart_hash','cd34fe762911e0e653f910e8e1659f05');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500147,50003,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500148,50003,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500149,50003,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500150,50003,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500151,50003,'is_vat_exempt','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500152,50003,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500153,50003,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500154,50003,'_order_key','wc_order_bhWN7zMVp20Pa');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500155,50003,'_customer_user','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500156,50003,'_payment_method','bonuspay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500157,50003,'_customer_ip_address','127.0.0.1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500158,50003,'_customer_user_agent','node');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500159,50003,'_created_via','store-api');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500161,50003,'_download_permissions_granted','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500162,50003,'_recorded_sales','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500163,50003,'_recorded_coupon_usage_counts','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500164,50003,'_new_order_email_sent','false');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500165,50003,'_order_stock_reduced','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500166,50003,'_billing_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500167,50003,'_billing_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500168,50003,'_billing_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500169,50003,'_billing_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500170,50003,'_billing_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500171,50003,'_billing_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500172,50003,'_billing_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500173,50003,'_billing_email','ada@shopper.test');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500174,50003,'_shipping_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500175,50003,'_shipping_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500176,50003,'_shipping_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500177,50003,'_shipping_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500178,50003,'_shipping_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500179,50003,'_shipping_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500180,50003,'_shipping_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500181,50003,'_order_currency','USD');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500182,50003,'_cart_discount','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500183,50003,'_cart_discount_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500184,50003,'_order_shipping','4');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500185,50003,'_order_shipping_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500186,50003,'_order_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500187,50003,'_order_total','16.81');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500188,50003,'_order_version','10.5.0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500189,50003,'_prices_include_tax','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500197,50003,'_payment_method_title','Coins by BonusPay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500211,50003,'_debug_log_source_pending_deletion','place-order-debug-818f50d6');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500214,50003,'_cart_hash','cd34fe762911e0e653f910e8e1659f05');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500215,50004,'_billing_address_index','         admin@shop.test ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500216,50004,'_shipping_address_index','         ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500217,50004,'_order_key','wc_order_5Zg7xgBny5PrK');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500218,50004,'_customer_user','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500219,50004,'_customer_ip_address','127.0.0.1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500220,50004,'_created_via','bonuspay-rehearsal');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500221,50004,'_download_permissions_granted','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500222,50004,'_recorded_sales','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500223,50004,'_recorded_coupon_usage_counts','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500224,50004,'_new_order_email_sent','true');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500225,50004,'_order_stock_reduced','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500226,50004,'_order_currency','USD');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500227,50004,'_cart_discount','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500228,50004,'_cart_discount_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500229,50004,'_order_shipping','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500230,50004,'_order_shipping_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500231,50004,'_order_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500232,50004,'_order_total','25.00');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500233,50004,'_order_version','10.5.0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500234,50004,'_prices_include_tax','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500235,50004,'_bonuspay_rehearsal','paid');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500236,50004,'_payment_method','bonuspay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500237,50004,'_payment_method_title','Coins by BonusPay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500238,50004,'_billing_email','admin@shop.test');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500239,50004,'_bonuspay_paid_by','wp31085c_50004-1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500240,50004,'_transaction_id','25626e72e01ebe190fdface192a0273f72c600ffe34c1ff3bad9ac948abe37ad');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500241,50004,'_date_completed','1796043825');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500242,50004,'_date_paid','1796043825');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500243,50004,'_paid_date','2026-11-30 13:03:45');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500244,50004,'_completed_date','2026-11-30 13:03:45');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500245,50004,'_bonuspay_rehearsal_steps','a:4:{i:0;a:3:{s:4:\"step\";s:18:\"The payment begins\";s:7:\"is_good\";b:1;s:4:\"text\";s:71:\"25 USDT on the TRON network (TRC-20) are due. Payment wp31085c_50004-1.\";}i:1;a:3:{s:4:\"step\";s:16:\"The shopper pays\";s:7:\"is_good\";b:1;s:4:\"text\";s:7:\"25 USDT\";}i:2;a:3:{s:4:\"step\";s:20:\"The shop hears of it\";s:7:\"is_good\";b:1;s:4:\"text\";s:43:\"\"Payment received\": 25 of 25 USDT received.\";}i:3;a:3:{s:4:\"step\";s:23:\"The order is paid, once\";s:7:\"is_good\";b:1;s:4:\"text\";s:25:\"The order is \"Completed\".\";}}');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500246,50005,'_refund_amount','5');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500247,50005,'_refunded_by','1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500248,50005,'_refunded_payment','1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500249,50005,'_refund_reason','');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500258,50005,'_prices_include_tax','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500275,50005,'_bonuspay_refund','wp31085c_50001-r1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500284,50005,'_order_currency','USD');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500285,50005,'_cart_discount','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500286,50005,'_cart_discount_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500287,50005,'_order_shipping','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500288,50005,'_order_shipping_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500289,50005,'_order_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500290,50005,'_order_total','-5.00');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500291,50005,'_order_version','10.5.0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500292,50005,'_refund_type','partial');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500293,50001,'_cart_hash','cd34fe762911e0e653f910e8e1659f05');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500294,50006,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500295,50006,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500296,50006,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500297,50006,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500298,50006,'is_vat_exempt','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500299,50006,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500300,50006,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500301,50006,'_order_key','wc_order_FRR3x8yWFVqAl');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500302,50006,'_customer_user','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500303,50006,'_payment_method','bonuspay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500304,50006,'_customer_ip_address','127.0.0.1');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500305,50006,'_customer_user_agent','node');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500306,50006,'_created_via','store-api');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500308,50006,'_download_permissions_granted','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500309,50006,'_recorded_sales','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500310,50006,'_recorded_coupon_usage_counts','yes');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500311,50006,'_new_order_email_sent','false');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500312,50006,'_order_stock_reduced','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500313,50006,'_billing_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500314,50006,'_billing_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500315,50006,'_billing_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500316,50006,'_billing_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500317,50006,'_billing_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500318,50006,'_billing_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500319,50006,'_billing_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500320,50006,'_billing_email','ada@shopper.test');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500321,50006,'_shipping_first_name','Ada');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500322,50006,'_shipping_last_name','Shopper');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500323,50006,'_shipping_address_1','2 Mission Street');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500324,50006,'_shipping_city','San Francisco');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500325,50006,'_shipping_state','CA');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500326,50006,'_shipping_postcode','94105');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500327,50006,'_shipping_country','US');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500328,50006,'_order_currency','USD');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500329,50006,'_cart_discount','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500330,50006,'_cart_discount_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500331,50006,'_order_shipping','4');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500332,50006,'_order_shipping_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500333,50006,'_order_tax','0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500334,50006,'_order_total','16.81');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500335,50006,'_order_version','10.5.0');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500336,50006,'_prices_include_tax','no');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500344,50006,'_payment_method_title','Coins by BonusPay');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500358,50006,'_debug_log_source_pending_deletion','place-order-debug-6719eb40');
INSERT INTO `wp_postmeta` (`meta_id`, `post_id`, `meta_key`, `meta_value`) VALUES (500359,50006,'_cart_hash','cd34fe762911e0e653f910e8e1659f05');
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50001,50001,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 12:57:37','2026-11-30 12:57:37','Stock hold of 60 minutes applied to: <br>- Coffee (coffee) &times; 1',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50002,50001,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 12:58:38','2026-11-30 12:58:38','Stock levels reduced: Coffee (10000&rarr;9999)',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50003,50001,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 12:58:41','2026-11-30 12:58:41','Payment via Coins by BonusPay (27f23cffa3d2dfc6ba41127357922d5a4c17c8fa61e46e313bdda72db303fb40).',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50004,50001,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 12:58:48','2026-11-30 12:58:48','BonusPay wp31085c_50001-1 (test): paid, 16.81 USDT received and confirmed by BonusPay.',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50005,50002,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 12:58:58','2026-11-30 12:58:58','Stock hold of 60 minutes applied to: <br>- Coffee (coffee) &times; 1',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50006,50002,'WooCommerce','woocommerce@127.0.0.1','','','2026-11-30 12:59:10','2026-11-30 12:59:10','Stock levels reduced: Coffee (9999&rarr;9998)',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50007,50002,'WooCommerce','woocommerce@127.0.0.1','','','2026-11-30 12:59:12','2026-11-30 12:59:12','BonusPay wp31085c_50002-1 (test): a part was received; the rest can be paid to the same address until the quote ends. Received 5 of 16.81 USDT.  Order status changed from Pending payment to On hold.',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50008,50003,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 12:59:24','2026-11-30 12:59:24','Stock hold of 60 minutes applied to: <br>- Coffee (coffee) &times; 1',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50010,50004,'WooCommerce','woocommerce@127.0.0.1','','','2026-11-30 13:03:44','2026-11-30 13:03:44','BonusPay: this order is a rehearsal in test mode. Nobody ordered anything.',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50011,50004,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 13:03:45','2026-11-30 13:03:45','Payment via Coins by BonusPay (25626e72e01ebe190fdface192a0273f72c600ffe34c1ff3bad9ac948abe37ad).',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50012,50004,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 13:03:46','2026-11-30 13:03:46','BonusPay wp31085c_50004-1 (test): paid, 25 USDT received and confirmed by BonusPay.',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50013,50001,'WooCommerce','woocommerce@127.0.0.1','','','2026-11-30 13:03:59','2026-11-30 13:03:59','BonusPay wp31085c_50001-1 (test): the merchant entered the address for the refund: TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, for USDT on the TRON network (TRC-20). Nothing was sent yet: refund now.',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50014,50001,'WooCommerce','woocommerce@127.0.0.1','','','2026-11-30 13:04:01','2026-11-30 13:04:01','BonusPay wp31085c_50001-1 (test): refund wp31085c_50001-r1, 5 USDT on the TRON network (TRC-20) to TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t: BonusPay has taken it, and will pay it out. BonusPay charges the shop 0.1 USDT for it.',0,'1','WooCommerce','order_note',0,0);
INSERT INTO `wp_comments` (`comment_ID`, `comment_post_ID`, `comment_author`, `comment_author_email`, `comment_author_url`, `comment_author_IP`, `comment_date`, `comment_date_gmt`, `comment_content`, `comment_karma`, `comment_approved`, `comment_agent`, `comment_type`, `comment_parent`, `user_id`) VALUES (50015,50006,'WooCommerce','woocommerce@127.0.0.127135','','','2026-11-30 13:04:08','2026-11-30 13:04:08','Stock hold of 60 minutes applied to: <br>- Coffee (coffee) &times; 1',0,'1','WooCommerce','order_note',0,0);
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50001,'Coffee','line_item',50001);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50002,'Flat rate','shipping',50001);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50003,'Coffee','line_item',50002);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50004,'Flat rate','shipping',50002);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50005,'Coffee','line_item',50003);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50006,'Flat rate','shipping',50003);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50007,'Rehearsal: do not send anything','fee',50004);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50008,'Coffee','line_item',50006);
INSERT INTO `wp_woocommerce_order_items` (`order_item_id`, `order_item_name`, `order_item_type`, `order_id`) VALUES (50009,'Flat rate','shipping',50006);
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500001,50001,'_product_id','11');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500002,50001,'_variation_id','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500003,50001,'_qty','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500004,50001,'_tax_class','');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500005,50001,'_line_subtotal','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500006,50001,'_line_subtotal_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500007,50001,'_line_total','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500008,50001,'_line_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500009,50001,'_line_tax_data','a:2:{s:5:\"total\";a:0:{}s:8:\"subtotal\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500010,50002,'method_id','flat_rate');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500011,50002,'instance_id','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500012,50002,'cost','4.00');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500013,50002,'total_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500014,50002,'taxes','a:1:{s:5:\"total\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500015,50002,'Items','Coffee &times; 1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500016,50001,'_reduced_stock','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500017,50003,'_product_id','11');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500018,50003,'_variation_id','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500019,50003,'_qty','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500020,50003,'_tax_class','');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500021,50003,'_line_subtotal','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500022,50003,'_line_subtotal_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500023,50003,'_line_total','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500024,50003,'_line_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500025,50003,'_line_tax_data','a:2:{s:5:\"total\";a:0:{}s:8:\"subtotal\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500026,50004,'method_id','flat_rate');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500027,50004,'instance_id','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500028,50004,'cost','4.00');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500029,50004,'total_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500030,50004,'taxes','a:1:{s:5:\"total\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500031,50004,'Items','Coffee &times; 1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500032,50003,'_reduced_stock','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500033,50005,'_product_id','11');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500034,50005,'_variation_id','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500035,50005,'_qty','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500036,50005,'_tax_class','');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500037,50005,'_line_subtotal','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500038,50005,'_line_subtotal_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500039,50005,'_line_total','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500040,50005,'_line_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500041,50005,'_line_tax_data','a:2:{s:5:\"total\";a:0:{}s:8:\"subtotal\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500042,50006,'method_id','flat_rate');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500043,50006,'instance_id','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500044,50006,'cost','4.00');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500045,50006,'total_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500046,50006,'taxes','a:1:{s:5:\"total\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500047,50006,'Items','Coffee &times; 1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500048,50007,'_fee_amount','');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500049,50007,'_tax_class','');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500050,50007,'_tax_status','none');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500051,50007,'_line_total','25');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500052,50007,'_line_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500053,50007,'_line_tax_data','a:1:{s:5:\"total\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500054,50008,'_product_id','11');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500055,50008,'_variation_id','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500056,50008,'_qty','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500057,50008,'_tax_class','');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500058,50008,'_line_subtotal','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500059,50008,'_line_subtotal_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500060,50008,'_line_total','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500061,50008,'_line_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500062,50008,'_line_tax_data','a:2:{s:5:\"total\";a:0:{}s:8:\"subtotal\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500063,50009,'method_id','flat_rate');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500064,50009,'instance_id','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500065,50009,'cost','4.00');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500066,50009,'total_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500067,50009,'taxes','a:1:{s:5:\"total\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500068,50009,'Items','Coffee &times; 1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500069,50010,'_product_id','11');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500070,50010,'_variation_id','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500071,50010,'_qty','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500072,50010,'_tax_class','');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500073,50010,'_line_subtotal','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500074,50010,'_line_subtotal_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500075,50010,'_line_total','12.81');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500076,50010,'_line_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500077,50010,'_line_tax_data','a:2:{s:5:\"total\";a:0:{}s:8:\"subtotal\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500078,50011,'method_id','flat_rate');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500079,50011,'instance_id','1');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500080,50011,'cost','4.00');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500081,50011,'total_tax','0');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500082,50011,'taxes','a:1:{s:5:\"total\";a:0:{}}');
INSERT INTO `wp_woocommerce_order_itemmeta` (`meta_id`, `order_item_id`, `meta_key`, `meta_value`) VALUES (500083,50011,'Items','Coffee &times; 1');
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_wc_orders` (`id`, `status`, `currency`, `type`, `tax_amount`, `total_amount`, `customer_id`, `billing_email`, `date_created_gmt`, `date_updated_gmt`, `parent_order_id`, `payment_method`, `payment_method_title`, `transaction_id`, `ip_address`, `user_agent`, `customer_note`) VALUES (50001,'wc-processing','USD','shop_order',0.00000000,16.81000000,0,'ada@shopper.test','2026-11-30 12:57:13','2026-11-30 13:04:02',0,'bonuspay','Coins by BonusPay','27f23cffa3d2dfc6ba41127357922d5a4c17c8fa61e46e313bdda72db303fb40','127.0.0.1','node','');
INSERT INTO `wp_wc_orders` (`id`, `status`, `currency`, `type`, `tax_amount`, `total_amount`, `customer_id`, `billing_email`, `date_created_gmt`, `date_updated_gmt`, `parent_order_id`, `payment_method`, `payment_method_title`, `transaction_id`, `ip_address`, `user_agent`, `customer_note`) VALUES (50002,'wc-on-hold','USD','shop_order',0.00000000,16.81000000,0,'ada@shopper.test','2026-11-30 12:58:54','2026-11-30 12:59:13',0,'bonuspay','Coins by BonusPay','','127.0.0.1','node','');
INSERT INTO `wp_wc_orders` (`id`, `status`, `currency`, `type`, `tax_amount`, `total_amount`, `customer_id`, `billing_email`, `date_created_gmt`, `date_updated_gmt`, `parent_order_id`, `payment_method`, `payment_method_title`, `transaction_id`, `ip_address`, `user_agent`, `customer_note`) VALUES (50003,'wc-failed','USD','shop_order',0.00000000,16.81000000,0,'ada@shopper.test','2026-11-30 12:59:19','2026-11-30 13:01:00',0,'bonuspay','Coins by BonusPay','','127.0.0.1','node','');
INSERT INTO `wp_wc_orders` (`id`, `status`, `currency`, `type`, `tax_amount`, `total_amount`, `customer_id`, `billing_email`, `date_created_gmt`, `date_updated_gmt`, `parent_order_id`, `payment_method`, `payment_method_title`, `transaction_id`, `ip_address`, `user_agent`, `customer_note`) VALUES (50004,'wc-completed','USD','shop_order',0.00000000,25.00000000,0,'admin@shop.test','2026-11-30 13:03:43','2026-11-30 13:03:46',0,'bonuspay','Coins by BonusPay','25626e72e01ebe190fdface192a0273f72c600ffe34c1ff3bad9ac948abe37ad','127.0.0.1','','');
INSERT INTO `wp_wc_orders` (`id`, `status`, `currency`, `type`, `tax_amount`, `total_amount`, `customer_id`, `billing_email`, `date_created_gmt`, `date_updated_gmt`, `parent_order_id`, `payment_method`, `payment_method_title`, `transaction_id`, `ip_address`, `user_agent`, `customer_note`) VALUES (50005,'wc-completed','USD','shop_order_refund',0.00000000,-5.00000000,NULL,NULL,'2026-11-30 13:03:59','2026-11-30 13:04:01',50001,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO `wp_wc_orders` (`id`, `status`, `currency`, `type`, `tax_amount`, `total_amount`, `customer_id`, `billing_email`, `date_created_gmt`, `date_updated_gmt`, `parent_order_id`, `payment_method`, `payment_method_title`, `transaction_id`, `ip_address`, `user_agent`, `customer_note`) VALUES (50006,'wc-pending','USD','shop_order',0.00000000,16.81000000,0,'ada@shopper.test','2026-11-30 13:04:05','2026-11-30 13:04:10',0,'bonuspay','Coins by BonusPay','','127.0.0.1','node','');
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500001,50001,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500002,50001,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500003,50001,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500004,50001,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500005,50001,'is_vat_exempt','no');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500006,50001,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500007,50001,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500016,50001,'_debug_log_source_pending_deletion','place-order-debug-7eb1932a');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500017,50001,'_bonuspay_paid_by','wp31085c_50001-1');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500018,50002,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500019,50002,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500020,50002,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500021,50002,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500022,50002,'is_vat_exempt','no');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500023,50002,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500024,50002,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500033,50002,'_debug_log_source_pending_deletion','place-order-debug-16e058f8');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500034,50003,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500035,50003,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500036,50003,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500037,50003,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500038,50003,'is_vat_exempt','no');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500039,50003,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500040,50003,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500049,50003,'_debug_log_source_pending_deletion','place-order-debug-818f50d6');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500050,50004,'_billing_address_index','         admin@shop.test ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500051,50004,'_shipping_address_index','         ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500052,50004,'_bonuspay_rehearsal','paid');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500053,50004,'_bonuspay_paid_by','wp31085c_50004-1');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500054,50004,'_bonuspay_rehearsal_steps','a:4:{i:0;a:3:{s:4:\"step\";s:18:\"The payment begins\";s:7:\"is_good\";b:1;s:4:\"text\";s:71:\"25 USDT on the TRON network (TRC-20) are due. Payment wp31085c_50004-1.\";}i:1;a:3:{s:4:\"step\";s:16:\"The shopper pays\";s:7:\"is_good\";b:1;s:4:\"text\";s:7:\"25 USDT\";}i:2;a:3:{s:4:\"step\";s:20:\"The shop hears of it\";s:7:\"is_good\";b:1;s:4:\"text\";s:43:\"\"Payment received\": 25 of 25 USDT received.\";}i:3;a:3:{s:4:\"step\";s:23:\"The order is paid, once\";s:7:\"is_good\";b:1;s:4:\"text\";s:25:\"The order is \"Completed\".\";}}');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500055,50005,'_refund_amount','5');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500056,50005,'_refunded_by','1');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500057,50005,'_refunded_payment','1');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500058,50005,'_refund_reason','');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500059,50005,'_bonuspay_refund','wp31085c_50001-r1');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500060,50005,'_refund_type','partial');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500061,50006,'_shipping_hash','24e77fd06765455a749431be8cb5d5b7');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500062,50006,'_coupons_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500063,50006,'_fees_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500064,50006,'_taxes_hash','d751713988987e9331980363e24189ce');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500065,50006,'is_vat_exempt','no');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500066,50006,'_billing_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ada@shopper.test ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500067,50006,'_shipping_address_index','Ada Shopper  2 Mission Street  San Francisco CA 94105 US ');
INSERT INTO `wp_wc_orders_meta` (`id`, `order_id`, `meta_key`, `meta_value`) VALUES (500076,50006,'_debug_log_source_pending_deletion','place-order-debug-6719eb40');
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500001,50001,'billing','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US','ada@shopper.test',NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500002,50001,'shipping','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US',NULL,NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500003,50002,'billing','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US','ada@shopper.test',NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500004,50002,'shipping','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US',NULL,NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500005,50003,'billing','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US','ada@shopper.test',NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500006,50003,'shipping','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US',NULL,NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500007,50004,'billing',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'admin@shop.test',NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500008,50006,'billing','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US','ada@shopper.test',NULL);
INSERT INTO `wp_wc_order_addresses` (`id`, `order_id`, `address_type`, `first_name`, `last_name`, `company`, `address_1`, `address_2`, `city`, `state`, `postcode`, `country`, `email`, `phone`) VALUES (500009,50006,'shipping','Ada','Shopper',NULL,'2 Mission Street',NULL,'San Francisco','CA','94105','US',NULL,NULL);
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_wc_order_operational_data` (`id`, `order_id`, `created_via`, `woocommerce_version`, `prices_include_tax`, `coupon_usages_are_counted`, `download_permission_granted`, `cart_hash`, `new_order_email_sent`, `order_key`, `order_stock_reduced`, `date_paid_gmt`, `date_completed_gmt`, `shipping_tax_amount`, `shipping_total_amount`, `discount_tax_amount`, `discount_total_amount`, `recorded_sales`) VALUES (500001,50001,'store-api','10.5.0',0,1,1,'cd34fe762911e0e653f910e8e1659f05',1,'wc_order_WfzpFSh8hzVqL',1,'2026-11-30 12:58:41',NULL,0.00000000,4.00000000,0.00000000,0.00000000,1);
INSERT INTO `wp_wc_order_operational_data` (`id`, `order_id`, `created_via`, `woocommerce_version`, `prices_include_tax`, `coupon_usages_are_counted`, `download_permission_granted`, `cart_hash`, `new_order_email_sent`, `order_key`, `order_stock_reduced`, `date_paid_gmt`, `date_completed_gmt`, `shipping_tax_amount`, `shipping_total_amount`, `discount_tax_amount`, `discount_total_amount`, `recorded_sales`) VALUES (500009,50002,'store-api','10.5.0',0,1,0,'cd34fe762911e0e653f910e8e1659f05',1,'wc_order_n1lYHfocCtfWG',1,NULL,NULL,0.00000000,4.00000000,0.00000000,0.00000000,1);
INSERT INTO `wp_wc_order_operational_data` (`id`, `order_id`, `created_via`, `woocommerce_version`, `prices_include_tax`, `coupon_usages_are_counted`, `download_permission_granted`, `cart_hash`, `new_order_email_sent`, `order_key`, `order_stock_reduced`, `date_paid_gmt`, `date_completed_gmt`, `shipping_tax_amount`, `shipping_total_amount`, `discount_tax_amount`, `discount_total_amount`, `recorded_sales`) VALUES (500015,50003,'store-api','10.5.0',0,0,0,'cd34fe762911e0e653f910e8e1659f05',0,'wc_order_bhWN7zMVp20Pa',0,NULL,NULL,0.00000000,4.00000000,0.00000000,0.00000000,0);
INSERT INTO `wp_wc_order_operational_data` (`id`, `order_id`, `created_via`, `woocommerce_version`, `prices_include_tax`, `coupon_usages_are_counted`, `download_permission_granted`, `cart_hash`, `new_order_email_sent`, `order_key`, `order_stock_reduced`, `date_paid_gmt`, `date_completed_gmt`, `shipping_tax_amount`, `shipping_total_amount`, `discount_tax_amount`, `discount_total_amount`, `recorded_sales`) VALUES (500019,50004,'bonuspay-rehearsal','10.5.0',0,1,1,'',1,'wc_order_5Zg7xgBny5PrK',1,'2026-11-30 13:03:45','2026-11-30 13:03:45',0.00000000,0.00000000,0.00000000,0.00000000,1);
INSERT INTO `wp_wc_order_operational_data` (`id`, `order_id`, `created_via`, `woocommerce_version`, `prices_include_tax`, `coupon_usages_are_counted`, `download_permission_granted`, `cart_hash`, `new_order_email_sent`, `order_key`, `order_stock_reduced`, `date_paid_gmt`, `date_completed_gmt`, `shipping_tax_amount`, `shipping_total_amount`, `discount_tax_amount`, `discount_total_amount`, `recorded_sales`) VALUES (500027,50005,NULL,'10.5.0',0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.00000000,0.00000000,0.00000000,0.00000000,NULL);
INSERT INTO `wp_wc_order_operational_data` (`id`, `order_id`, `created_via`, `woocommerce_version`, `prices_include_tax`, `coupon_usages_are_counted`, `download_permission_granted`, `cart_hash`, `new_order_email_sent`, `order_key`, `order_stock_reduced`, `date_paid_gmt`, `date_completed_gmt`, `shipping_tax_amount`, `shipping_total_amount`, `discount_tax_amount`, `discount_total_amount`, `recorded_sales`) VALUES (500029,50006,'store-api','10.5.0',0,1,0,'cd34fe762911e0e653f910e8e1659f05',0,'wc_order_FRR3x8yWFVqAl',0,NULL,NULL,0.00000000,4.00000000,0.00000000,0.00000000,0);
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_actionscheduler_groups` (`group_id`, `slug`) VALUES (50001,'bonuspay');
/*M!999999\- enable the sandbox mode */ 
INSERT INTO `wp_actionscheduler_actions` (`action_id`, `hook`, `status`, `scheduled_date_gmt`, `scheduled_date_local`, `priority`, `args`, `schedule`, `group_id`, `attempts`, `last_attempt_gmt`, `last_attempt_local`, `claim_id`, `extended_args`) VALUES (50001,'bonuspay_wc_queue','pending','2026-11-30 12:36:45','2026-11-30 12:36:45',10,'[]','O:32:\"ActionScheduler_IntervalSchedule\":5:{s:22:\"\0*\0scheduled_timestamp\";i:1796042205;s:18:\"\0*\0first_timestamp\";i:1796042205;s:13:\"\0*\0recurrence\";i:60;s:49:\"\0ActionScheduler_IntervalSchedule\0start_timestamp\";i:1796042205;s:53:\"\0ActionScheduler_IntervalSchedule\0interval_in_seconds\";i:60;}',50001,0,'0000-00-00 00:00:00','0000-00-00 00:00:00',0,NULL);
