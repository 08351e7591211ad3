# make run and make test are all a newcomer needs. The rest builds what SAM deploys and what CI checks.

FUNCTIONS = $(notdir $(wildcard functions/[a-z]*))
GOFLAGS_LAMBDA = -trimpath -tags lambda.norpc -ldflags "-s -w"
ARCH ?= arm64
PORT ?= 3000

.PHONY: run test build check clean

run:            ## serve everything on 127.0.0.1:$(PORT)
	go run ./infra/factbox serve --port $(PORT)

test:           ## vet, and every test on a real DynamoDB engine
	go vet ./...
	go test ./...

build:          ## the binaries as SAM builds them, zipped, with their sizes
	@mkdir -p build
	@for f in $(FUNCTIONS); do \
		CGO_ENABLED=0 GOOS=linux GOARCH=$(ARCH) go build $(GOFLAGS_LAMBDA) -o build/$$f/bootstrap ./functions/$$f && \
		(cd build/$$f && rm -f ../$$f.zip && python3 -m zipfile -c ../$$f.zip bootstrap) && \
		printf '%-12s %5.1f MB zipped\n' $$f $$(echo "$$(wc -c < build/$$f.zip) / 1048576" | bc -l) || exit 1; \
	done

clean:
	rm -rf build .aws-sam
