package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// samCLI is the pinned SAM CLI.
const samCLI = "infra/sam/sam.sh"

// startAPILog is where the functions under "sam local start-api" log to.
var startAPILog = filepath.Join(work, "start-api.log")

// samLocal runs the built functions in containers.
type samLocal struct {
	docker   *docker
	arch     string // x86_64 or arm64
	template string // the built one
	env      string // the file of the functions' environment
}

// build builds the functions as samconfig.toml says to, beside what "make sam-build" made for deployment.
func (s *samLocal) build(ctx context.Context) error {
	cmd := command(ctx, "sh", samCLI, "build", "--build-dir", filepath.Dir(s.template),
		"--parameter-overrides", "Architecture="+s.arch)
	cmd.Env = append(emulationEnv(), "ARCH="+map[string]string{"x86_64": "amd64", "arm64": "arm64"}[s.arch])
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// connect writes the functions' environment: the tables of an engine on this machine, by the address at which the containers
// reach it.
func (s *samLocal) connect(gateway netip.Addr, engine string) error {
	u, err := url.Parse(engine)
	if err != nil {
		return err
	}
	address := net.JoinHostPort(gateway.String(), u.Port())
	data, err := json.Marshal(map[string]any{"Parameters": map[string]string{
		"AWS_ENDPOINT_URL_DYNAMODB": "http://" + address, "DOCUMENTS_TABLE": "factbox-documents", "FACTS_TABLE": "factbox-facts"}})
	if err != nil {
		return err
	}
	s.env = filepath.Join(work, "env.json")
	return os.WriteFile(s.env, data, 0o600)
}

// arguments are those of a "sam local" command, its own first.
func (s *samLocal) arguments(own ...string) []string {
	return slices.Concat([]string{samCLI, "local"}, own, []string{"--template", s.template, "--skip-pull-image", "--env-vars", s.env,
		"--docker-network", s.docker.network, "--parameter-overrides", "Architecture=" + s.arch})
}

// startAPI runs all routes, each function in a container that is made at once. Its containers are up when it returns; a
// function's own start is part of the first request to it.
func (s *samLocal) startAPI(ctx context.Context) (*server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(startAPILog)
	if err != nil {
		return nil, err
	}
	arguments := s.arguments("start-api", "--port", port, "--warm-containers", "EAGER", "--no-watch") // nothing changes meanwhile
	api, err := serve(ctx, "http://127.0.0.1:"+port, "Running on http://", log, "sh", arguments...)
	if err != nil {
		log.Close()
		return nil, fmt.Errorf("%w; its log is %s", err, startAPILog)
	}
	return api, nil
}

// replayed are the files of events/, in the order that lets the later ones find what the first put, with the status that each
// is answered with.
var replayed = []struct {
	event  string
	status int
}{
	{"documents-post", 201},
	{"headlines-search", 200},
	{"headlines-document", 200},
	{"casualties-country", 200},
	{"dates-day", 200},
	{"pledges-by-country", 200},
	{"stories-story", 200},
	{"stories-openapi", 200},
	{"stories-head", 200},
	{"stories-unknown", 404},
	{"chat-answers", 200},
	{"chat-llms", 200},
	{"chat-mcp", 200},
	{"widgets-embed", 200},
	{"widgets-oembed", 200},
	{"widgets-script", 200},
	{"documents-review", 200},
	{"stories-history", 200},
	{"stories-changes", 200},
	{"documents-move", 200},
	{"documents-binary", 415},
	{"documents-delete", 204},
}

// done are the files of events/ that are no requests, with the beginning of what each is answered with.
var done = []struct{ event, answer string }{
	{"ingest-batch", `{"batchItemFailures":[]}`},
	{"ingest-malformed", `{"batchItemFailures":[{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975576004"}]}`},
	{"ingest-retraction", `{"batchItemFailures":[]}`},
	{"refresh-schedule", `{"sources":0,"due":0,"failed":0,`},
}

// invokeAll replays events/, each in a container of its own.
func (s *samLocal) invokeAll(ctx context.Context) error {
	files, err := filepath.Glob("events/*.json")
	if err != nil {
		return err
	}
	if len(files) != len(replayed)+len(done) {
		return fmt.Errorf("events/ has %d files and %d are replayed: list the others too", len(files), len(replayed)+len(done))
	}
	for _, r := range replayed {
		answer, function, err := s.invoke(ctx, r.event)
		if err != nil {
			return err
		}
		var response struct{ StatusCode int }
		if err := json.Unmarshal([]byte(answer), &response); err != nil {
			return fmt.Errorf("%s: %s prints no response: %q", r.event, function, answer)
		}
		fmt.Printf("   %-20s %d by %s\n", r.event, response.StatusCode, function)
		if response.StatusCode != r.status {
			return fmt.Errorf("%s: answered %s, want %d", r.event, answer, r.status)
		}
	}
	for _, d := range done {
		answer, function, err := s.invoke(ctx, d.event)
		if err != nil {
			return err
		}
		fmt.Printf("   %-20s by %s\n", d.event, function)
		var compact bytes.Buffer // SAM prints it with spaces
		if err := json.Compact(&compact, []byte(answer)); err != nil {
			return fmt.Errorf("%s: %s prints no JSON: %q", d.event, function, answer)
		}
		if !strings.HasPrefix(compact.String(), d.answer) {
			return fmt.Errorf("%s: answered %s, want %s", d.event, answer, d.answer)
		}
	}
	return nil
}

// invoke replays one event and gives the last line that the function it is for answers with.
func (s *samLocal) invoke(ctx context.Context, event string) (answer, function string, err error) {
	folder, _, _ := strings.Cut(event, "-")
	function = strings.ToUpper(folder[:1]) + folder[1:] + "Function"
	cmd := command(ctx, "sh", s.arguments("invoke", function, "--event", filepath.Join("events", event+".json"))...)
	cmd.Env = emulationEnv()
	out, err := cmd.output()
	if err != nil {
		return "", function, fmt.Errorf("%s: %w", event, err)
	}
	return lastLine(out), function, nil
}
