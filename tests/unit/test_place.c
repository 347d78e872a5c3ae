// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where a device lies, which CPUs are near it, and that a binding is proved.
 *
 * Nodes and CPUs are those of topologies made up for the test: three-nodes.xml
 * has 2 cores of 2 threads a node, the second threads numbered from 6 on, pmem0
 * on node 1, nvme0n1 on node 2, and sda, of which nothing is known. Node 1 is
 * nearer to node 2 than to node 0.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <numa.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <cmocka.h>

#include "bench/places.h"

#define CPUS_MAX 16

static struct topology topology;

static void finish_load(void)
{
	hwloc_topology_set_io_types_filter(topology.hwloc, HWLOC_TYPE_FILTER_KEEP_IMPORTANT);
	assert_int_equal(hwloc_topology_load(topology.hwloc), 0);
	topology.may = hwloc_bitmap_dup(hwloc_topology_get_topology_cpuset(topology.hwloc));
	assert_non_null(topology.may);
}

static void load_synthetic(const char *description)
{
	assert_int_equal(hwloc_topology_init(&topology.hwloc), 0);
	assert_int_equal(hwloc_topology_set_synthetic(topology.hwloc, description), 0);
	finish_load();
}

static void load_three_nodes(void)
{
	assert_int_equal(hwloc_topology_init(&topology.hwloc), 0);
	assert_int_equal(hwloc_topology_set_xml(topology.hwloc, "tests/unit/data/three-nodes.xml"),
			 0);
	finish_load();
}

/* As taskset would. */
static void may_use(const char *cpus)
{
	assert_int_equal(hwloc_bitmap_list_sscanf(topology.may, cpus), 0);
}

static int unload(void **state)
{
	(void)state;
	topology_free(&topology);
	return 0;
}

/* --- A sysfs of our own: disk 259:0 with its partition 259:1, and 7:0. */

static char sysfs[] = "/tmp/daxmark-sysfs-XXXXXX";

static void make_folders(const char *path)
{
	char whole[256];

	snprintf(whole, sizeof(whole), "%s/%s/", sysfs, path);
	for (char *slash = whole + strlen(sysfs) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		assert_true(!mkdir(whole, 0700) || errno == EEXIST);
		*slash = '/';
	}
}

static void write_sysfs(const char *path, const char *text)
{
	char whole[256];
	FILE *file;

	snprintf(whole, sizeof(whole), "%s/%s", sysfs, path);
	file = fopen(whole, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void link_device(const char *number, const char *to)
{
	char whole[256], target[256];

	snprintf(whole, sizeof(whole), "%s/dev/block/%s", sysfs, number);
	snprintf(target, sizeof(target), "../../devices/%s", to);
	assert_int_equal(symlink(target, whole), 0);
}

/* The bus says node 0, the controller does not know. */
static void make_sysfs(const char *disk, const char *node)
{
	char path[200];

	assert_non_null(mkdtemp(strcpy(sysfs, "/tmp/daxmark-sysfs-XXXXXX")));
	make_folders("dev/block");
	snprintf(path, sizeof(path), "devices/bus/controller/%s/%sp1", disk, disk);
	make_folders(path);
	snprintf(path, sizeof(path), "devices/bus/controller/%s/%sp1/partition", disk, disk);
	write_sysfs(path, "1\n");
	write_sysfs("devices/bus/controller/numa_node", "-1\n");
	write_sysfs("devices/bus/numa_node", node);
	snprintf(path, sizeof(path), "bus/controller/%s", disk);
	link_device("259:0", path);
	snprintf(path, sizeof(path), "bus/controller/%s/%sp1", disk, disk);
	link_device("259:1", path);
	make_folders("devices/virtual/block/loop0");
	link_device("7:0", "virtual/block/loop0");
}

static int unload_both(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", sysfs);
	assert_int_equal(system(command), 0);
	return unload(state);
}

static void expect_node(unsigned int major, unsigned int minor, int node, const char *from)
{
	enum node_from by;

	assert_int_equal(place_node(&topology, sysfs, makedev(major, minor), &by), node);
	assert_string_equal(node_from_name(by), from);
}

static void hwloc_beats_sysfs(void **state)
{
	(void)state;
	load_three_nodes();
	make_sysfs("pmem0", "0\n");
	expect_node(259, 0, 1, "hwloc");
}

static void a_partition_lies_where_its_disk_does(void **state)
{
	(void)state;
	load_three_nodes();
	make_sysfs("nvme0n1", "0\n");
	expect_node(259, 0, 2, "hwloc");
	expect_node(259, 1, 2, "hwloc");
}

static void a_disk_hwloc_does_not_know_lies_where_sysfs_says(void **state)
{
	(void)state;
	load_three_nodes();
	make_sysfs("pmem1", "2\n");
	expect_node(259, 0, 2, "sysfs");
	expect_node(259, 1, 2, "sysfs");
}

static void a_disk_near_every_node_lies_where_sysfs_says(void **state)
{
	(void)state;
	load_three_nodes();
	make_sysfs("sda", "1\n");
	expect_node(259, 0, 1, "sysfs");
}

static void a_device_nobody_knows_of_lies_nowhere(void **state)
{
	(void)state;
	load_three_nodes();
	make_sysfs("sda", "-1\n");
	expect_node(259, 0, -1, "unknown");
	expect_node(7, 0, -1, "unknown");
	expect_node(8, 9, -1, "unknown");
	expect_node(0, 0, -1, "unknown");
}

static void on_a_machine_of_one_node_everything_lies_there(void **state)
{
	(void)state;
	load_synthetic("core:2 pu:1");
	make_sysfs("pmem0", "-1\n");
	expect_node(259, 0, 0, "one node");
	expect_node(0, 0, 0, "one node");
}

/* --- CPUs */

static void expect_cpus(int node, size_t n, const int *cpu, int usable)
{
	int found[CPUS_MAX];

	memset(found, 0xff, sizeof(found));
	assert_int_equal(place_cpus(&topology, node, n, found), usable);
	for (size_t i = 0; i < n; i++)
		if (found[i] != cpu[i])
			fail_msg("CPU %d comes %zu. instead of %d", found[i], i + 1, cpu[i]);
	assert_int_equal(found[n], -1);
}

static void near_cores_come_first_then_their_threads_then_the_rest(void **state)
{
	(void)state;
	load_synthetic("numa:2 core:2 pu:2");
	expect_cpus(1, 8, (int[]){ 4, 6, 5, 7, 0, 2, 1, 3 }, 8);
	expect_cpus(0, 8, (int[]){ 0, 2, 1, 3, 4, 6, 5, 7 }, 8);
}

static void the_rest_comes_by_its_distance(void **state)
{
	(void)state;
	load_three_nodes();
	expect_cpus(1, 12, (int[]){ 2, 3, 8, 9, 4, 5, 10, 11, 0, 1, 6, 7 }, 12);
	expect_cpus(0, 12, (int[]){ 0, 1, 6, 7, 4, 5, 10, 11, 2, 3, 8, 9 }, 12);
}

static void without_a_node_each_core_of_the_machine_comes_before_second_threads(void **state)
{
	(void)state;
	load_three_nodes();
	expect_cpus(-1, 12, (int[]){ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 12);
}

static void fewer_are_given_than_there_are_when_fewer_are_wanted(void **state)
{
	(void)state;
	load_three_nodes();
	expect_cpus(1, 1, (int[]){ 2 }, 12);
	expect_cpus(1, 0, (int[]){ 0 }, 12);
}

static void no_cpu_is_given_that_may_not_be_used(void **state)
{
	int found[CPUS_MAX];

	(void)state;
	load_three_nodes();
	/* of core 2 only the second thread, which then counts as its first */
	may_use("0,3,8,9");
	assert_int_equal(place_cpus(&topology, 1, CPUS_MAX, found), 4);
	assert_memory_equal(found, ((int[]){ 8, 3, 9, 0 }), 4 * sizeof(int));
}

static void nodes_of_unlike_size_are_each_used_up(void **state)
{
	(void)state;
	load_three_nodes();
	may_use("0-1,4,6-7");
	expect_cpus(2, 5, (int[]){ 4, 0, 1, 6, 7 }, 5);
}

/* --- A place */

static void the_place_is_a_cpu_and_memory_of_the_node(void **state)
{
	struct place place;

	(void)state;
	load_three_nodes();
	assert_int_equal(place_choose(&topology, 1, NODE_HWLOC, &place), 0);
	assert_int_equal(place.node, 1);
	assert_int_equal(place.cpu, 2);
	assert_int_equal(place.cpu_node, 1);
	assert_int_equal(place.memory, 1);
}

static void a_node_whose_cpus_are_taken_gets_the_nearest_one_and_its_own_memory(void **state)
{
	struct place place;

	(void)state;
	load_three_nodes();
	may_use("0-1,5");
	assert_int_equal(place_choose(&topology, 1, NODE_HWLOC, &place), 0);
	assert_int_equal(place.node, 1);
	assert_int_equal(place.cpu, 5);
	assert_int_equal(place.cpu_node, 2);
	assert_int_equal(place.memory, 1);
}

static void a_target_that_lies_nowhere_gets_the_memory_of_its_cpu(void **state)
{
	struct place place;

	(void)state;
	load_three_nodes();
	may_use("4-5");
	assert_int_equal(place_choose(&topology, -1, NODE_UNKNOWN, &place), 0);
	assert_int_equal(place.node, -1);
	assert_int_equal(place.cpu, 4);
	assert_int_equal(place.memory, 2);
}

static void without_a_cpu_there_is_no_place(void **state)
{
	struct place place;

	(void)state;
	load_three_nodes();
	hwloc_bitmap_zero(topology.may);
	assert_int_equal(place_choose(&topology, 1, NODE_HWLOC, &place), -ENODEV);
}

/* --- What a plan says */

static void the_plans_node_wins(void **state)
{
	struct plan_target target = { .node = 2, .node_line = 4 };
	struct plan plan = { .target = &target, .targets = 1 };
	struct source source = { .block = "/dev/null" };
	struct places places;

	(void)state;
	load_three_nodes();
	places.topology = topology;
	assert_int_equal(places_choose(&places, &plan, &source, 1), 0);
	assert_int_equal(places.near[0].node, 2);
	assert_int_equal(places.near[0].from, NODE_PLAN);
	assert_int_equal(places.near[0].cpu, 4);
	target.node_line = 0;
	assert_int_equal(places_choose(&places, &plan, &source, 1), 0);
	assert_int_equal(places.near[0].from, NODE_UNKNOWN);
}

static void a_node_that_is_not_there_is_named_with_those_that_are(void **state)
{
	struct plan_target target = { .name = { "pmem", 3 }, .node = 3, .node_line = 5 };
	struct plan plan = { .path = "p.ini", .target = &target, .targets = 1 };
	char error[PLAN_ERROR_MAX];
	struct places places;

	(void)state;
	load_three_nodes();
	places.topology = topology;
	assert_int_equal(places_check(&places, &plan, error), -EINVAL);
	assert_string_equal(error, "p.ini:5: [target pmem] node = 3: this machine has no such "
				   "node with memory that may be used; choose from: 0, 1, 2");
	target.node = 2;
	assert_int_equal(places_check(&places, &plan, error), 0);
}

/* --- This machine */

static cpu_set_t before;

static int keep_affinity(void **state)
{
	(void)state;
	return sched_getaffinity(0, sizeof(before), &before);
}

static int restore_affinity(void **state)
{
	if (numa_available() >= 0)
		numa_set_localalloc();
	return sched_setaffinity(0, sizeof(before), &before) || unload(state);
}

static void a_bound_thread_is_where_it_was_bound(void **state)
{
	char reason[PLACE_REASON_MAX];
	struct placed placed;
	struct place place;
	int last[1024], n;

	(void)state;
	assert_int_equal(topology_load(&topology, false), 0);
	n = place_cpus(&topology, -1, 1024, last);
	assert_true(n >= 1);
	assert_int_equal(place_choose(&topology, -1, NODE_UNKNOWN, &place), 0);
	place.cpu = last[n - 1];
	place.memory = -1;
	assert_int_equal(place_bind(&place, reason), 0);
	assert_int_equal(place_look(false, &placed), 0);
	assert_int_equal(placed.bound, last[n - 1]);
	assert_int_equal(placed.runs, last[n - 1]);
}

static void bound_memory_is_on_its_node(void **state)
{
	char reason[PLACE_REASON_MAX];
	struct placed placed;
	struct place place;

	(void)state;
	if (numa_available() < 0)
		skip();
	assert_int_equal(topology_load(&topology, false), 0);
	assert_int_equal(place_choose(&topology, -1, NODE_UNKNOWN, &place), 0);
	place.memory = place.cpu_node;
	assert_int_equal(place_bind(&place, reason), 0);
	assert_int_equal(place_look(true, &placed), 0);
	assert_int_equal(placed.node, place.cpu_node);
	assert_int_equal(placed.page, place.cpu_node);
}

static void a_cpu_that_is_not_there_cannot_be_bound_to(void **state)
{
	struct place place = { .cpu = 8191, .memory = -1 };
	char reason[PLACE_REASON_MAX];

	(void)state;
	assert_int_equal(place_bind(&place, reason), -EINVAL);
	assert_non_null(strstr(reason, "CPU 8191"));
}

static void expect_difference(struct placed placed, const char *text)
{
	struct place place = { .node = 1, .cpu = 2, .cpu_node = 1, .memory = 1 };
	char reason[PLACE_REASON_MAX];

	assert_int_equal(place_proved(&place, &placed, reason), -EXDEV);
	assert_string_equal(reason, text);
}

static void a_binding_that_did_not_hold_is_told_with_both_numbers(void **state)
{
	struct place place = { .node = 1, .cpu = 2, .cpu_node = 1, .memory = 1 };
	struct placed placed = { .bound = 2, .runs = 2, .node = 1, .page = 1 };
	char reason[PLACE_REASON_MAX];

	(void)state;
	assert_int_equal(place_proved(&place, &placed, reason), 0);
	expect_difference((struct placed){ -1, 2, 1, 1 },
			  "the thread was bound to CPU 2, but the one CPU it may use is none");
	expect_difference((struct placed){ 2, 0, 1, 1 },
			  "the thread was bound to CPU 2, but the CPU it runs on is 0");
	expect_difference((struct placed){ 2, 2, 0, 1 },
			  "memory was bound to node 1, but the one node it is bound to is 0");
	expect_difference((struct placed){ 2, 2, 1, 0 },
			  "memory was bound to node 1, but the node of a page just written is 0");
}

static void what_is_exported_can_be_loaded_again(void **state)
{
	char path[] = "/tmp/daxmark-topology-XXXXXX", text[64];
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	load_three_nodes();
	assert_int_equal(topology_export(&topology, path), 0);
	topology_free(&topology);
	assert_int_equal(hwloc_topology_init(&topology.hwloc), 0);
	assert_int_equal(hwloc_topology_set_xml(topology.hwloc, path), 0);
	finish_load();
	unlink(path);
	topology_summary(&topology, text, sizeof(text));
	assert_string_equal(text, "package:3 node:3 core:6 PU:12");
	assert_int_equal(topology_export(&topology, "/none/such"), -ENOENT);
	assert_int_equal(topology_export(&topology, "/dev/full"), -ENOSPC);
}

#define TOPOLOGY(test) cmocka_unit_test_teardown(test, unload)
#define SYSFS(test)    cmocka_unit_test_teardown(test, unload_both)
#define MACHINE(test)  cmocka_unit_test_setup_teardown(test, keep_affinity, restore_affinity)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SYSFS(hwloc_beats_sysfs),
		SYSFS(a_partition_lies_where_its_disk_does),
		SYSFS(a_disk_hwloc_does_not_know_lies_where_sysfs_says),
		SYSFS(a_disk_near_every_node_lies_where_sysfs_says),
		SYSFS(a_device_nobody_knows_of_lies_nowhere),
		SYSFS(on_a_machine_of_one_node_everything_lies_there),
		TOPOLOGY(near_cores_come_first_then_their_threads_then_the_rest),
		TOPOLOGY(the_rest_comes_by_its_distance),
		TOPOLOGY(without_a_node_each_core_of_the_machine_comes_before_second_threads),
		TOPOLOGY(fewer_are_given_than_there_are_when_fewer_are_wanted),
		TOPOLOGY(no_cpu_is_given_that_may_not_be_used),
		TOPOLOGY(nodes_of_unlike_size_are_each_used_up),
		TOPOLOGY(the_place_is_a_cpu_and_memory_of_the_node),
		TOPOLOGY(a_node_whose_cpus_are_taken_gets_the_nearest_one_and_its_own_memory),
		TOPOLOGY(a_target_that_lies_nowhere_gets_the_memory_of_its_cpu),
		TOPOLOGY(without_a_cpu_there_is_no_place),
		TOPOLOGY(the_plans_node_wins),
		TOPOLOGY(a_node_that_is_not_there_is_named_with_those_that_are),
		MACHINE(a_bound_thread_is_where_it_was_bound),
		MACHINE(bound_memory_is_on_its_node),
		MACHINE(a_cpu_that_is_not_there_cannot_be_bound_to),
		cmocka_unit_test(a_binding_that_did_not_hold_is_told_with_both_numbers),
		TOPOLOGY(what_is_exported_can_be_loaded_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
