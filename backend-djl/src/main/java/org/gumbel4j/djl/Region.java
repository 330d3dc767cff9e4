package org.gumbel4j.djl;

import org.gumbel4j.spi.BackendScope;
import org.jspecify.annotations.Nullable;

/** A scope of a thread: the arrays that go when it closes, as a list threaded through them. */
final class Region implements BackendScope {
  private final ScopedCustody custody;
  final @Nullable Region outer;
  private @Nullable DjlArray first;

  Region(ScopedCustody custody, @Nullable Region outer) {
    this.custody = custody;
    this.outer = outer;
  }

  void add(DjlArray x) {
    x.owner = this;
    x.previous = null;
    x.next = first;
    if (first != null) {
      first.previous = x;
    }
    first = x;
  }

  void remove(DjlArray x) {
    DjlArray before = x.previous;
    DjlArray after = x.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    x.owner = null;
    x.previous = null;
    x.next = null;
  }

  @Nullable DjlArray first() {
    return first;
  }

  @Override
  public void close() {
    custody.close(this);
  }
}
