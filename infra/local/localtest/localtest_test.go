package localtest

import "testing"

func TestMain(m *testing.M) { Main(m) }

func TestEndpoint(t *testing.T) {
	first := Endpoint(t)
	if second := Endpoint(t); second != first {
		t.Errorf("two engines in one process: %s and %s", first, second)
	}
}
