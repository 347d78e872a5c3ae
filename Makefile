# SPDX-License-Identifier: GPL-2.0-or-later
# make          builds daxmark and daxmark-run into build/
# make bench    the comparison:  make bench CONFIG=configs/x.ini
# make test     everything that proves the code

CONFIG  ?= configs/default.ini
PREFIX  ?= /usr/local
BUILD   ?= build

CFLAGS  ?= -O2 -g
# The prefix map keeps the checkout's path out of the binaries: the runner's
# build id, and with it every count, must not depend on where it was built.
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Wall -Wextra -Ilib -I. \
	-ffile-prefix-map=$(CURDIR)=. $(shell pkg-config --cflags $(LIBS)) $(CFLAGS)
# Every symbol is bound before main: no lazy binding inside a measured pass.
ALL_LDFLAGS = -Wl,-z,now -Wl,--build-id=sha1 -Wl,--as-needed $(LDFLAGS)

LIBS := inih jansson libpmem hwloc numa blkid mount
CLI_LIBS  = $(shell pkg-config --libs inih jansson) -lm
RUN_LIBS  = $(shell pkg-config --libs inih jansson libpmem hwloc numa blkid mount) -lpthread

CLI_SRC   := $(sort $(wildcard lib/record/*.c lib/measure/histogram.c lib/verdict/*.c \
	lib/report/*.c lib/cli/*.c))
RUN_SRC   := $(sort $(wildcard lib/record/*.c lib/measure/*.c lib/target/*.c bench/*.c))
CLI_OBJ   := $(CLI_SRC:%.c=$(BUILD)/%.o)
RUN_OBJ   := $(RUN_SRC:%.c=$(BUILD)/%.o)

# A unit test links everything but the two mains.
TEST_SRC  := $(sort $(wildcard tests/unit/*.c))
TEST_BIN  := $(TEST_SRC:%.c=$(BUILD)/%)
TEST_OBJ   = $(filter-out %/cli/daxmark.o %/bench/run.o,$(sort $(CLI_OBJ) $(RUN_OBJ)))

all: $(BUILD)/daxmark $(BUILD)/daxmark-run

$(BUILD)/daxmark: $(CLI_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(CLI_LIBS)

$(BUILD)/daxmark-run: $(RUN_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(RUN_LIBS)

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(TEST_OBJ)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(RUN_LIBS) -lm -lcmocka

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Everything a command needs is installed by the command.
deps:
	@scripts/deps

bench: deps
	@$(MAKE) --no-print-directory -s all
	@scripts/bench $(CONFIG)

unit: $(TEST_BIN)

clean:
	rm -rf $(BUILD)

.PHONY: all bench clean deps unit
.SECONDARY:
-include $(CLI_OBJ:.o=.d) $(RUN_OBJ:.o=.d) $(TEST_SRC:%.c=$(BUILD)/%.d)
