# make run and make test are all a newcomer needs. The rest builds what SAM deploys and what CI checks.

PORT ?= 3000
ARCH ?= arm64
FUNCTIONS = headlines casualties dates pledges stories chat widgets documents refresh ingest
LAMBDA_BUILD = CGO_ENABLED=0 GOOS=linux GOARCH=$(ARCH) go build -trimpath -tags lambda.norpc -ldflags "-s -w"

STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK = golang.org/x/vuln/cmd/govulncheck@v1.8.0

SAM = sh infra/sam/sam.sh

.PHONY: run test browser-test soak build check transform sam-setup sam-validate sam-build sam-test clean

# Serve everything on 127.0.0.1:$(PORT); the data lives in .factbox/.
run:
	@go build -o .factbox/factbox ./infra/factbox
	@exec .factbox/factbox serve --port $(PORT)

# Every test, on a real DynamoDB engine that is installed on the first run.
test:
	go vet ./...
	go test ./...
	@sh infra/browser/setup.sh check

# What people see, in a real Chromium, which is installed where it is missing. make test runs these too where Chromium is there.
browser-test:
	@sh infra/browser/setup.sh
	FACTBOX_BROWSER=required go test -count=1 ./infra/browser

# A thousand random schedules of faults against the store; make test runs a hundred.
soak:
	FACTBOX_SCHEDULES=1000 go test ./shared/store -run TestSchedules -count=1 -timeout 60m -v

# The functions as SAM builds them, into build/, with what they weigh zipped (deflate, as in the zip that is deployed).
build:
	@for f in $(FUNCTIONS); do \
		$(LAMBDA_BUILD) -o build/$$f/bootstrap ./functions/$$f || exit 1; \
		limit=6; case $$f in documents | refresh | ingest | chat | widgets) limit=8 ;; esac; \
		size=$$(gzip -9 -c build/$$f/bootstrap | wc -c); \
		echo "$$f: $$((size / 1024)) KB zipped, of $$((limit * 1024)) KB allowed"; \
		[ $$size -le $$((limit * 1048576)) ] || { echo "$$f is too large"; exit 1; }; \
	done

# "sam build" calls these: BuildMethod makefile, one target a function.
build-HeadlinesFunction: FOLDER = headlines
build-CasualtiesFunction: FOLDER = casualties
build-DatesFunction: FOLDER = dates
build-PledgesFunction: FOLDER = pledges
build-StoriesFunction: FOLDER = stories
build-ChatFunction: FOLDER = chat
build-WidgetsFunction: FOLDER = widgets
build-DocumentsFunction: FOLDER = documents
build-RefreshFunction: FOLDER = refresh
build-IngestFunction: FOLDER = ingest
build-%Function:
	$(LAMBDA_BUILD) -o $(ARTIFACTS_DIR)/bootstrap ./functions/$(FOLDER)

# What AWS makes of template.yaml, for the tests that judge it. Run this after every change of template.yaml.
transform:
	@sh infra/check/python.sh infra/check/transform.py template.yaml >.transformed.tmp && mv .transformed.tmp infra/policy/testdata/template.json || { rm -f .transformed.tmp; exit 1; }

# The SAM CLI as infra/sam/requirements.txt pins it, into .factbox/sam/.
sam-setup:
	@sh infra/sam/setup.sh

# SAM's own reading of template.yaml, and cfn-lint's of what SAM makes of it.
sam-validate:
	@AWS_DEFAULT_REGION=$${AWS_DEFAULT_REGION:-us-east-1} $(SAM) validate --lint

# What "sam deploy" deploys, into .aws-sam/. For functions on x86_64: make sam-build ARCH=amd64.
sam-build:
	ARCH=$(ARCH) $(SAM) build --parameter-overrides Architecture=$(patsubst amd64,x86_64,$(ARCH))

# The functions in containers under "sam local", on DynamoDB Local: the end-to-end suite and events/, with timings. Wants Docker.
sam-test:
	@sh infra/sam/setup.sh
	@mkdir -p .factbox/sam
	@go build -o .factbox/sam/test ./infra/sam
	@.factbox/sam/test

# What CI checks beside the tests. AWS's template tools come from PyPI, into .factbox/lint.
check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "these files want gofmt -w"; exit 1; }
	go mod tidy -diff
	go run $(STATICCHECK) ./...
	@sh infra/check/vulnerabilities.sh $(GOVULNCHECK)
	@sh infra/check/template.sh

clean:
	rm -rf build .aws-sam
