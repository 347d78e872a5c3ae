// SPDX-License-Identifier: GPL-2.0-or-later
/* What is never frozen. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "medium/fsfreeze.h"

static void what_is_protected_may_not_be_frozen(void **state)
{
	int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	(void)state;
	assert_true(root >= 0 && proc >= 0);
	assert_int_equal(freeze_allowed(root), 0);
	freeze_protect("/");
	freeze_protect("/none");
	assert_int_equal(freeze_allowed(root), -EPERM);
	/* another file system than the root's */
	assert_int_equal(freeze_allowed(proc), 0);
	close(root);
	close(proc);
	assert_int_equal(freeze_allowed(root), -EBADF);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_protected_may_not_be_frozen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
