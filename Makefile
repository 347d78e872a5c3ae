# SPDX-License-Identifier: GPL-2.0-or-later
# make          builds daxmark, daxmark-run, daxmark-guest and explain-plugin.so into build/
# make bench    the comparison:  make bench CONFIG=configs/x.ini
# make explain  which kernel functions the changed costs of results/latest went to
# make crosscheck  the same work by fio, and whether the two agree
# make bisect-check  git bisect run with scripts/bisect over a history made for it
# make cost     what the harness adds to a bare loop on this machine
# make nightly  one night: run, keep, say what changed:  make nightly CONFIG=my.ini
# make versions  what a first write costs on the kernels of Debian's releases
# make faults   what can go wrong, and whether it comes out as it must: the table in docs/faults.md
# make soak     the plan again and again:  make soak MINUTES=60 CONFIG=my.ini
# make test     everything that proves the code
# make expected  the expected outputs of reports, written anew: look at their difference
# make fuzz     the parsers against hostile input:  make fuzz SECONDS=1800 TARGETS="plan records"

# Of these only make's command line counts: a variable of the environment must not
# change what is built or run.
CONFIG   = configs/default.ini
BUILD    = build
CC       = cc
CFLAGS   = -O2 -g
LDFLAGS  =
PREFIX  ?= /usr/local
DATA     = $(PREFIX)/share/daxmark
ifneq ($(words $(BUILD)),1)
$(error BUILD=$(BUILD): name a folder without blanks)
endif

# One word for the shell, whatever is in it.
quote = '$(subst ','\'',$(1))'
# The scripts run the programs that were built.
RUN   = DAXMARK_BUILD=$(call quote,$(abspath $(BUILD)))

# The prefix map keeps the checkout's path out of the binaries: the runner's
# build id, and with it every count, must not depend on where it was built.
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Wall -Wextra -Ilib -I. \
	-ffile-prefix-map=$(call quote,$(CURDIR)=.) $(shell pkg-config --cflags $(LIBS)) $(CFLAGS)
# Every symbol is bound before main: no lazy binding inside a measured pass.
ALL_LDFLAGS = -Wl,-z,now -Wl,--build-id=sha1 -Wl,--as-needed $(LDFLAGS)

LIBS := inih jansson sqlite3 nettle libpmem hwloc numa blkid mount
# GSL is an oracle for the unit tests, linked into nothing else.
TEST_LIBS = $(READ_LIBS) -lgsl -lgslcblas -lm -lcmocka
# Of what reads results; the .pc file of libRmath names a folder that is not there.
READ_LIBS = $(shell pkg-config --libs sqlite3 nettle) -lRmath -lm
GUEST_LIBS = $(shell pkg-config --libs inih jansson nettle)
CLI_LIBS  = $(shell pkg-config --libs inih jansson blkid) $(READ_LIBS)
RUN_LIBS  = $(shell pkg-config --libs inih jansson libpmem hwloc numa blkid mount) -lpthread

CLI_SRC   := $(sort $(wildcard $(patsubst %,lib/%/*.c,base plan record compare report figure command history site crosscheck cli)) \
	$(patsubst %,lib/medium/%.c,claim claimed mend mounted) $(filter-out lib/explain/plugin.c,$(wildcard lib/explain/*.c)))
# The runner writes records and reads a plan; what reads records is not in it.
RUN_SRC   := $(sort $(patsubst %,lib/base/%.c,leftover plain process run) $(wildcard lib/plan/plan*.c) \
	$(patsubst %,lib/record/%.c,arm_name build_id histogram kinds writer) $(wildcard lib/measure/*.c lib/medium/*.c bench/*.c))
# The guest's program reads a plan and writes one kind of record.
GUEST_SRC := $(sort $(patsubst %,lib/base/%.c,complain leftover output plain process run sha256 text) \
	$(wildcard lib/plan/plan*.c) $(patsubst %,lib/record/%.c,kinds writer) $(wildcard lib/guest/*.c))
CLI_OBJ   := $(CLI_SRC:%.c=$(BUILD)/%.o)
RUN_OBJ   := $(RUN_SRC:%.c=$(BUILD)/%.o)
GUEST_OBJ := $(GUEST_SRC:%.c=$(BUILD)/%.o)

# A unit test links everything but the three mains.
TEST_SRC  := $(sort $(wildcard tests/unit/*.c))
TEST_BIN  := $(TEST_SRC:%.c=$(BUILD)/%)
TEST_OBJ   = $(filter-out %/cli/daxmark.o %/bench/run.o %/daxmark_guest.o,$(sort $(CLI_OBJ) $(RUN_OBJ) $(GUEST_OBJ)))

# Each is fed its corpus in the tests, and what libFuzzer makes by make fuzz.
FUZZ_SRC  := $(sort $(wildcard tests/fuzz/*.c))
FUZZ_BIN  := $(FUZZ_SRC:%.c=$(BUILD)/%)
FUZZ_MAIN  = $(BUILD)/tests/fuzz/support/replay.o
FUZZ_OBJ   = $(patsubst %,$(BUILD)/tests/fuzz/support/%.o,history input look markup page reports) $(TEST_OBJ)

# Simulated boots, through what gives verdicts on real ones.
CALIBRATE_OBJ = $(patsubst %,$(BUILD)/tests/calibrate/%.o,boots times) \
	$(patsubst %,$(BUILD)/lib/compare/%.o,holm judge judge_time precision signed_rank stats)

# Simulated nights, through what finds changes in real ones.
CHANGES_OBJ = $(patsubst %,$(BUILD)/tests/calibrate/%.o,boots nights changes) \
	$(patsubst %,$(BUILD)/lib/compare/%.o,changepoint changepoint_scan stats)

# What QEMU loads to see each instruction of a guest.
PLUGIN_SRC := $(sort $(patsubst %,lib/explain/%.c,code code_table follow kernel_code operations plugin symbols))
PLUGIN_OBJ := $(PLUGIN_SRC:%.c=$(BUILD)/plugin/%.o)

all: $(BUILD)/daxmark $(BUILD)/daxmark-run $(BUILD)/daxmark-guest $(BUILD)/explain-plugin.so

# The names it takes from QEMU are found when that loads it.
$(BUILD)/explain-plugin.so: $(PLUGIN_OBJ)
	$(CC) $(ALL_LDFLAGS) -shared -o $@ $^

$(BUILD)/plugin/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -O2 -fPIC -fvisibility=hidden -MMD -MP -c -o $@ $<

$(BUILD)/daxmark: $(CLI_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(CLI_LIBS)

$(BUILD)/daxmark-run: $(RUN_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(RUN_LIBS)

$(BUILD)/daxmark-guest: $(GUEST_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(GUEST_LIBS)

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(TEST_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(RUN_LIBS) $(TEST_LIBS)

# The runner's own first-write, in turns with a bare loop.
$(BUILD)/tests/cost: $(BUILD)/tests/cost.o $(filter-out %/bench/run.o,$(RUN_OBJ))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(RUN_LIBS)

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(FUZZ_OBJ) $(FUZZ_MAIN)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(RUN_LIBS) $(READ_LIBS)

$(BUILD)/tests/calibrate/times: $(CALIBRATE_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ -lRmath -lm

$(BUILD)/tests/calibrate/changes: $(CHANGES_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ -lm

# A history that grows, through all that keeps a real one.
SCALE_OBJ = $(patsubst %,$(BUILD)/tests/calibrate/%.o,boots scale) $(filter-out %/cli/daxmark.o,$(CLI_OBJ))

$(BUILD)/tests/calibrate/scale: $(SCALE_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(CLI_LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Everything a command needs is installed by the command.
deps:
	@scripts/deps

bench: deps
	@$(MAKE) --no-print-directory -s all
	@$(RUN) scripts/bench $(call quote,$(CONFIG))

# Of make's command line; without, the script takes results/latest.
RESULTS =
explain: WANTED = $(if $(filter command%,$(origin CONFIG)),--plan $(call quote,$(CONFIG))) \
	$(if $(RESULTS),$(call quote,$(RESULTS)))
explain: deps
	@$(MAKE) --no-print-directory -s all
	@$(RUN) scripts/explain $(WANTED)

crosscheck: deps
	@$(MAKE) --no-print-directory -s all
	@$(RUN) scripts/crosscheck

DIR =
bisect-check: deps
	@$(MAKE) --no-print-directory -s all
	@$(RUN) tests/bisect-real.sh $(if $(DIR),$(call quote,$(DIR)))

cost: deps
	@$(MAKE) --no-print-directory -s all $(BUILD)/tests/cost
	@tests/cost.sh

nightly: CONFIG = configs/nightly.ini
nightly: deps
	@$(MAKE) --no-print-directory -s all
	@$(RUN) scripts/nightly $(call quote,$(CONFIG))

versions: CONFIG = configs/versions.ini
versions: deps
	@$(MAKE) --no-print-directory -s all
	@$(RUN) scripts/versions $(call quote,$(CONFIG))

MINUTES = 10
soak: CONFIG = configs/soak.ini
soak: deps
	@$(MAKE) --no-print-directory -s all
	@$(RUN) scripts/soak --minutes $(call quote,$(MINUTES)) $(call quote,$(CONFIG))

unit: $(TEST_BIN) $(FUZZ_BIN)

# The unit tests once more, with everything the sanitizers can see.
SANITIZED = BUILD=$(BUILD)/sanitized \
	CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" \
	LDFLAGS=-fsanitize=address,undefined

# Each leaves something on a device that must be found there; only tests run them.
WRITERS = btrfs-progs cryptsetup-bin fdisk lvm2 mdadm

test: deps
	@! command -v apt-get >/dev/null || scripts/deps $(WRITERS)
	@$(MAKE) --no-print-directory -s all unit
	@$(MAKE) --no-print-directory -s $(SANITIZED) unit
	@tests/run $(TEST_BIN) $(TEST_BIN:$(BUILD)/%=$(BUILD)/sanitized/%) $(FUZZ_BIN:$(BUILD)/%=$(BUILD)/sanitized/%) \
		$(sort $(wildcard tests/host/*.sh tests/guest/*.sh))

# With so many of each signal, and from one seed or another, as DAXMARK_FAULTS and DAXMARK_FAULT_SEED say.
faults: deps
	@! command -v apt-get >/dev/null || scripts/deps $(WRITERS)
	@$(MAKE) --no-print-directory -s all
	@tests/faults.sh --markdown docs/faults.md

# The tests that need no guest.
check: all unit
	@tests/run $(TEST_BIN) $(FUZZ_BIN) $(sort $(wildcard tests/host/*.sh))

# What reports say of tests/expected/records.
expected: all
	@tests/host/expected.sh --renew

# What the sanitizers see of inputs that nobody wrote; what is found stays in build/fuzz.
SECONDS = 60
TARGETS =
FUZZED = address,undefined,float-cast-overflow
fuzz:
	@scripts/deps clang libclang-rt-dev
	@$(MAKE) --no-print-directory -s BUILD=$(BUILD)/fuzz CC=clang FUZZ_MAIN= \
		CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,$(FUZZED) -fno-sanitize-recover=all" \
		LDFLAGS=-fsanitize=fuzzer,$(FUZZED) fuzz-targets
	@tests/fuzz/run $(BUILD)/fuzz $(SECONDS) $(TARGETS)
fuzz-targets: $(FUZZ_BIN)

# How often verdicts are right, as a table in results/.
calibrate: deps
	@$(MAKE) --no-print-directory -s all $(patsubst %,$(BUILD)/tests/calibrate/%,times changes scale)
	@$(RUN) scripts/calibrate

lint:
	@scripts/deps clang-format clang-tidy cppcheck shellcheck
	@scripts/lint

# The scripts that users call by a name of their own, each with a man page.
COMMANDS = bench bisect crosscheck explain nightly soak
INSTALL = install -D -m
into = $(call quote,$(DESTDIR)$(PREFIX))
data = $(call quote,$(DESTDIR)$(DATA))

install: all
	$(INSTALL) 755 $(BUILD)/daxmark $(into)/bin/daxmark
	$(INSTALL) 755 $(BUILD)/daxmark-run $(into)/bin/daxmark-run
	$(INSTALL) 755 $(BUILD)/daxmark-guest $(into)/bin/daxmark-guest
	$(INSTALL) 755 $(BUILD)/explain-plugin.so $(data)/explain-plugin.so
	set -e; for script in bench bisect crosscheck deps explain guest-init initramfs kernel native nightly soak source unpack versions; do \
		$(INSTALL) 755 scripts/$$script $(data)/scripts/$$script; done
	set -e; for file in bisect.jq kernel-build.sh kernel-patches.sh kernel-tree.sh lib.sh; do \
		$(INSTALL) 644 scripts/$$file $(data)/scripts/$$file; done
	set -e; for file in $$(find configs plots -type f); do \
		$(INSTALL) 644 $$file $(data)/$$file; done
	$(INSTALL) 644 docs/compare.schema.json $(data)/compare.schema.json
	set -e; for script in $(COMMANDS); do \
		ln -sf ../share/daxmark/scripts/$$script $(into)/bin/daxmark-$$script; done
	set -e; for page in docs/daxmark*.[15]; do \
		$(INSTALL) 644 $$page $(into)/share/man/man$${page##*.}/$${page##*/}; done
	$(INSTALL) 644 scripts/completion.bash \
		$(into)/share/bash-completion/completions/daxmark
	ln -sf daxmark $(into)/share/bash-completion/completions/daxmark-run
	ln -sf daxmark $(into)/share/bash-completion/completions/daxmark-guest
	ln -sf daxmark $(into)/share/bash-completion/completions/daxmark-bisect

clean:
	rm -rf $(BUILD)

.PHONY: all bench bisect-check calibrate check clean cost crosscheck deps expected explain faults fuzz fuzz-targets install lint nightly test unit versions soak
.SECONDARY:
-include $(CLI_OBJ:.o=.d) $(GUEST_OBJ:.o=.d) $(PLUGIN_OBJ:.o=.d) $(CALIBRATE_OBJ:.o=.d) $(CHANGES_OBJ:.o=.d) $(SCALE_OBJ:.o=.d) $(RUN_OBJ:.o=.d) \
	$(TEST_SRC:%.c=$(BUILD)/%.d) $(FUZZ_BIN:=.d) $(FUZZ_OBJ:.o=.d)
