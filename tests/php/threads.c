/*
 * A server with threads, as small as it can be: each thread runs the script of argv[3] as argv[2] requests, one after
 * the other; argv[1] is the number of threads. PHP is embedded, and the extension comes from the ini file that PHP is
 * given. What PHP prints goes to the standard output. Ends with 0 if every request ran to its end.
 */

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "sapi/embed/php_embed.h"

ZEND_TSRMLS_CACHE_DEFINE()

static int requests;
static const char *script;
static atomic_int failures;

static bool serve(void)
{
	zend_file_handle file;
	bool complete = false;
	if (php_request_startup() == FAILURE) {
		return false;
	}
	SG(headers_sent) = 1;
	SG(request_info).no_headers = 1;
	zend_first_try {
		zend_stream_init_filename(&file, script);
		complete = php_execute_script(&file) && !EG(exception) && EG(exit_status) == 0;
		zend_destroy_file_handle(&file);
	} zend_end_try();
	php_request_shutdown(NULL);
	return complete;
}

static void *work(void *unused)
{
	(void) unused;
	ts_resource(0);
	ZEND_TSRMLS_CACHE_UPDATE();
	for (int at = 0; at < requests; at++) {
		if (!serve()) {
			failures++;
		}
	}
	ts_free_thread();
	return NULL;
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: %s THREADS REQUESTS SCRIPT\n", argv[0]);
		return 2;
	}
	int count = atoi(argv[1]);
	requests = atoi(argv[2]);
	script = argv[3];
	/* It begins a request of its own, for the main thread, which stays idle. */
	if (php_embed_init(1, argv) == FAILURE) {
		return 1;
	}
	/* Two waves: the second wave's threads may get the numbers of the first's. */
	for (int wave = 0; wave < 2; wave++) {
		pthread_t *threads = calloc(count, sizeof(*threads));
		for (int at = 0; at < count; at++) {
			if (pthread_create(&threads[at], NULL, work, NULL) != 0) {
				return 1;
			}
		}
		for (int at = 0; at < count; at++) {
			pthread_join(threads[at], NULL);
		}
		free(threads);
	}
	php_embed_shutdown();
	return failures == 0 ? 0 : 1;
}
