<?php
/**
 * Nothing stands beside a page.
 *
 * @package BonusPay\Tests
 */
