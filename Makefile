# medmark: reports to Markdown. `make run` sets everything up and parses the sample; `make test` runs all tests.
FILE ?= samples/discharge_summary_scan.pdf
OUT ?= build/out
BUILD := build
SANITIZED := build-sanitized
TEST_SETUP := tools/setup.sh tools/test-packages.txt

.PHONY: run build setup test test-sanitized check format package bench doctor clean

run: build
	@build/medmark parse "$(FILE)" -o "$(OUT)"
	@cat "$(OUT)/$$(basename "$(FILE)" | sed 's/\.[^.]*$$//').md"

setup:
	@tools/setup.sh

build: setup
	@tools/build.sh $(BUILD) Release

test:
	@$(TEST_SETUP)
	@tools/build.sh $(BUILD) Release
	@ctest --test-dir $(BUILD) --output-on-failure --no-tests=error -j2

test-sanitized:
	@$(TEST_SETUP)
	@tools/build.sh $(SANITIZED) Debug -DCMAKE_CXX_COMPILER=clang++-14 "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g1" -DMEDMARK_SANITIZE=ON
	@ctest --test-dir $(SANITIZED) --output-on-failure --no-tests=error -j2 -LE whole-program

check:
	@$(TEST_SETUP)
	@tools/check.sh $(BUILD)

format:
	@tools/check.sh --fix

package: build
	@tools/package.sh $(BUILD)

bench: build
	@$(TEST_SETUP)
	@bench/run.sh

doctor: build
	@build/medmark doctor

clean:
	rm -rf $(BUILD) $(SANITIZED) out
