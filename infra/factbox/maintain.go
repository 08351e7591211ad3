package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"factbox/shared/api"
	"factbox/shared/fact"
	"factbox/shared/store"
)

type verifyCommand struct {
	engineFlags
	Repair bool `help:"Make right what is found. Gaps stay: only a backup has what is lost."`
}

// Run compares all that lists read with the committed documents. It fails if something is wrong and was not repaired.
func (c *verifyCommand) Run(ctx context.Context) (err error) {
	s, err := c.open(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	tell := func(f store.Fault) { fmt.Printf("%s: %s\n", f.Wrong, f.Item) }
	v, err := s.store.Verify(ctx, c.Repair, tell)
	if err != nil {
		return err
	}
	fmt.Printf("Looked at %d rows of %d documents in %d stories, and at %d changes: %d faults.\n", v.Rows, v.Documents, v.Stories, v.Changes, v.Faults)
	if c.Repair && v.Faults > 0 {
		if v, err = s.store.Verify(ctx, false, tell); err != nil {
			return err
		}
		fmt.Printf("After the repair: %d faults.\n", v.Faults)
	}
	if v.Faults > 0 {
		return fmt.Errorf("%d faults", v.Faults)
	}
	return nil
}

type reextractCommand struct {
	engineFlags
	DryRun bool `help:"Say which documents would get other facts, and store nothing."`
}

// Run reads every document again with the extractor as it is now. Those that say otherwise get a new revision; reviews are
// carried over as they are to a new version. Documents whose text is not kept, as those of the seed set, stay as they are.
func (c *reextractCommand) Run(ctx context.Context) (err error) {
	s, err := c.open(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	var read, changed, without int
	seen := make(map[string]bool)
	for since, more := int64(0), true; more; {
		changes, err := s.store.Changes(ctx, since, 1000)
		if err != nil {
			return err
		}
		for _, change := range changes.Items {
			if seen[change.Document] {
				continue
			}
			seen[change.Document] = true
			known, differs, err := c.again(ctx, s.store, change.Document)
			if gone := new(fact.Error); errors.As(err, &gone) && gone.Code == fact.NotFound {
				continue // withdrawn or purged
			}
			if err != nil {
				return fmt.Errorf("document %q: %w", change.Document, err)
			}
			switch {
			case !known:
				without++
			case differs:
				changed++
				fmt.Println(change.Document)
				fallthrough
			default:
				read++
			}
		}
		since, more = changes.Next, changes.More
	}
	fmt.Printf("Read %d documents again: %d say otherwise. The text of %d is not kept.\n", read, changed, without)
	return nil
}

// again reads a document again. known is false where its text is not kept.
func (c *reextractCommand) again(ctx context.Context, s *store.Store, id string) (known, differs bool, err error) {
	doc, err := s.Document(ctx, id)
	if err != nil {
		return false, false, err
	}
	body, err := s.Text(ctx, id)
	if err != nil {
		return false, false, err
	}
	sealed := doc
	if sealed.Seal(body); sealed.SHA256 != doc.SHA256 {
		return false, false, nil
	}
	p, err := api.Reextract(doc, body, time.Now())
	if err != nil {
		return true, false, err
	}
	if c.DryRun {
		differs, err = s.Differs(ctx, p)
		return true, differs, err
	}
	r, err := s.Put(ctx, p)
	return true, !r.Known, err
}

type purgeCommand struct {
	engineFlags
	Document string `arg:"" help:"The document's id."`
	Yes      bool   `help:"Do not ask."`
}

// Run erases a document and all that it made, for good.
func (c *purgeCommand) Run(ctx context.Context) (err error) {
	s, err := c.open(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if !c.Yes {
		var answer string
		fmt.Printf("Erase %s with its text, its facts and their history, for good? Say its id again: ", c.Document)
		if fmt.Scanln(&answer); answer != c.Document {
			return errors.New("nothing was erased")
		}
	}
	if err := s.store.Purge(ctx, c.Document, time.Now()); err != nil {
		return err
	}
	fmt.Printf("%s is erased. Backups keep it until they expire.\n", c.Document)
	return nil
}
