package store

import (
	"context"
	"strconv"
	"strings"

	"factbox/shared/fact"
)

// walking is a list as the rows of one or several stretches, one behind the other.
type walking struct {
	ways      []stretch
	ascending bool
	keep      func(row) bool // nil keeps all
}

// minRead is how many rows a Query reads at least where some of them may not be kept.
const minRead = 100

// walk reads a page of rows: one Query, and one more for each stretch that ends on the page. The position of a page is the
// number of the stretch and the last sort key read.
func (s *Store) walk(ctx context.Context, w walking, p Page) (rows []row, next string, err error) {
	limit := pageLimit(p)
	i, after, err := w.position(p.After)
	if err != nil {
		return nil, "", err
	}
	read := limit
	if w.keep != nil {
		read = max(limit, minRead)
	}
	for ; i < len(w.ways); i, after = i+1, "" {
		page, more, err := run[row](ctx, s, query{stretch: w.ways[i], after: after, limit: read, descending: !w.ascending})
		if err != nil {
			return nil, "", err
		}
		for n, r := range page {
			if w.keep != nil && !w.keep(r) {
				continue
			}
			rows = append(rows, r)
			if len(rows) == limit && (n+1 < len(page) || more != "" || i+1 < len(w.ways)) {
				return rows, position(i, r.SK), nil
			}
		}
		if more != "" {
			return rows, position(i, more), nil
		}
	}
	return rows, "", nil
}

func position(way int, sk string) string { return strconv.Itoa(way) + ":" + sk }

func (w walking) position(after string) (way int, sk string, err error) {
	if after == "" {
		return 0, "", nil
	}
	n, sk, ok := strings.Cut(after, ":")
	way, err = strconv.Atoi(n)
	if !ok || err != nil || way < 0 || way >= len(w.ways) || sk < w.ways[way].low || sk > w.ways[way].high {
		return 0, "", badPosition()
	}
	return way, sk, nil
}

func badPosition() error {
	return fact.Errorf(fact.Invalid, "The list has no such position. Begin again at its first page.")
}

func pageLimit(p Page) int {
	if p.Limit > 0 {
		return p.Limit
	}
	return DefaultLimit
}

// cutPage gives the page of a list that was computed whole. Its position is the number of items before it.
func cutPage[T any](items []T, p Page) (page []T, next string, err error) {
	from := 0
	if p.After != "" {
		n, ok := strings.CutPrefix(p.After, "@")
		from, err = strconv.Atoi(n)
		if !ok || err != nil || from < 0 || from > len(items) {
			return nil, "", badPosition()
		}
	}
	to := min(from+pageLimit(p), len(items))
	if to < len(items) {
		next = "@" + strconv.Itoa(to)
	}
	return items[from:to], next, nil
}
