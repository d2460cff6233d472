<?php
/**
 * The end of every page.
 *
 * @package BonusPay\Tests
 */

?>
</main>
<?php wp_footer(); ?>
</body>
</html>
