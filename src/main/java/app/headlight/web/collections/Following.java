package app.headlight.web.collections;

import app.headlight.services.findings.Presentation;
import app.headlight.services.findings.Presentations;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a page follow a presentation until the page is closed. */
final class Following {

    /** All pages share the thread that reports moves, so no page may keep the others waiting. */
    private static final ExecutorService PAGES = Executors.newVirtualThreadPerTaskExecutor();

    private final Presentations presentations;
    private final Consumer<Optional<Presentation>> then;
    private @Nullable String followed;
    private @Nullable Runnable end;

    /** @param then told, with the page locked, of each move, and with nothing of the end */
    Following(Presentations presentations, Consumer<Optional<Presentation>> then) {
        this.presentations = presentations;
        this.then = then;
    }

    /** From now on; a move that comes right after is told in any case, one from before is to be looked up. */
    void begin(UI ui, String code) {
        if (code.equals(followed)) {
            return;
        }
        end();
        followed = code;
        end = presentations.follow(code, now -> PAGES.execute(() -> tell(ui, now)));
    }

    void end() {
        if (end != null) {
            end.run();
            end = null;
            followed = null;
        }
    }

    private void tell(UI ui, Optional<Presentation> now) {
        try {
            ui.access(() -> then.accept(now));
        } catch (UIDetachedException left) {
            // nobody sees it any more
        }
    }
}
