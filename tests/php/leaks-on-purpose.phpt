--TEST--
Not one of the suite: run by tests/php/valgrind.sh with a library that loses memory, which valgrind must tell
--FILE--
<?php
echo "done\n";
?>
--EXPECT--
done
