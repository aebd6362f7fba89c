# medmark: reports to Markdown. `make run` sets everything up and parses the sample; `make serve` starts the page and the API on
# port 7860; `make test` runs all tests.
FILE ?= samples/discharge_summary_scan.pdf
OUT ?= build/out
BUILD := build
SANITIZED := build-sanitized
TEST_SETUP := tools/setup.sh tools/test-packages.txt

.PHONY: run serve page build setup test test-page test-sanitized check format package package-cuda bench doctor clean

run: build
	@build/medmark parse "$(FILE)" -o "$(OUT)"
	@cat "$(OUT)/$$(basename "$(FILE)" | sed 's/\.[^.]*$$//').md"

serve: build page
	@build/medmark serve $(ARGUMENTS)

page: setup
	@tools/page.sh

setup:
	@tools/setup.sh

build: setup
	@tools/build.sh $(BUILD) Release

test:
	@$(TEST_SETUP)
	@tools/build.sh $(BUILD) Release
	@tools/page.sh
	@tools/page.sh test
	@ctest --test-dir $(BUILD) --output-on-failure --no-tests=error -j2

# The page end to end in headless Chromium (docs/page.md).
test-page:
	@$(TEST_SETUP)
	@tools/build.sh $(BUILD) Release
	@tools/page.sh
	@tools/page.sh e2e

test-sanitized:
	@$(TEST_SETUP)
	@tools/build.sh $(SANITIZED) Debug -DCMAKE_CXX_COMPILER=clang++-14 "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g1" -DMEDMARK_SANITIZE=ON \
	  -DMEDMARK_PRECOMPILED_HEADERS=ON -DMEDMARK_UNITED_FILES=ON
	@ctest --test-dir $(SANITIZED) --output-on-failure --no-tests=error -j2 -LE whole-program

check:
	@$(TEST_SETUP)
	@tools/check.sh
	@tools/page.sh lint

format:
	@tools/check.sh --fix
	@tools/page.sh format

package: build page
	@tools/package.sh $(BUILD)

package-cuda: build
	@tools/package_cuda.sh $(BUILD)

bench: build
	@$(TEST_SETUP)
	@bench/run.sh

doctor: build
	@build/medmark doctor

clean:
	rm -rf $(BUILD) $(SANITIZED) out
