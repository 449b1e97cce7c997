package app.headlight.web.explore.bar;

import app.headlight.engine.transformer.Continuation;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Lets the model go on from the sentence: by the likeliest tokens, or by tokens drawn from its probabilities. */
class ContinueMenu {

    private static final List<Integer> STEPS = List.of(1, 5, 20);
    private static final long SEEDS = 10_000;

    private final SubMenu menu;
    private final StateChange change;
    private @Nullable Continuation offered;
    private boolean edited;
    private int room = -1;

    ContinueMenu(SubMenu menu, StateChange change) {
        this.menu = menu;
        this.change = change;
    }

    void show(Exploration exploration) {
        Continuation now = exploration.state().continuation();
        int left = exploration.isEmpty() ? 0 : exploration.prompt().room(exploration.model());
        boolean hasEdits = !exploration.state().edits().asked().isEmpty();
        if (now.equals(offered) && left == room && hasEdits == edited) {
            return;
        }
        offered = now;
        edited = hasEdits;
        room = left;
        menu.removeAll();
        for (int more : STEPS) {
            offer(
                    more == 1 ? "The likeliest token" : "The " + more + " likeliest tokens",
                    more == 1 ? "the model's own next token" : "one after another, each the model's first guess",
                    longer(now, null, more));
        }
        for (int more : STEPS) {
            offer(
                    more == 1 ? "A token by chance" : more + " tokens by chance",
                    "drawn from the model's probabilities",
                    longer(now, now.seed() == null ? seed() : now.seed(), more));
        }
        if (now.seed() != null) {
            offer("Draw again", "the same number of tokens, other draws", new Continuation(now.tokens(), seed()));
        }
        if (now.tokens() > 0) {
            offer("Without the continuation", "the sentence as it was typed", Continuation.NONE);
        }
    }

    /** What there is already goes on where it was made in the same way; else the model begins anew after the sentence. */
    private static Continuation longer(Continuation now, @Nullable Long seed, int more) {
        int before = Objects.equals(now.seed(), seed) ? now.tokens() : 0;
        return new Continuation(Math.min(Continuation.MOST, before + more), seed);
    }

    private static long seed() {
        return ThreadLocalRandom.current().nextLong(1, SEEDS);
    }

    private void offer(String label, String hint, Continuation then) {
        Continuation now = offered == null ? Continuation.NONE : offered;
        boolean isOther = then.tokens() > 0 && now.tokens() > 0 && !Objects.equals(now.seed(), then.seed());
        Span says = new Span(hint
                + (isOther ? ", in place of the " + now.tokens() + " that are there" : "")
                + (edited && then.tokens() > 0 ? ", without the edits" : ""));
        says.addClassName("hl-muted");
        Div item = new Div(new Span(label), says);
        item.addClassName("hl-example");
        boolean fits = then.tokens() <= now.tokens() || then.tokens() - now.tokens() <= Math.max(0, room);
        menu.addItem(item, event -> change.to(state -> state.withContinuation(then)))
                .setEnabled(fits && !then.equals(now));
    }
}
