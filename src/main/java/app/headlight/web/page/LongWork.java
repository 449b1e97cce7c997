package app.headlight.web.page;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.lab.Ticket;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bar that shows the progress of a long computation and lets people cancel it. It is hidden otherwise. */
public class LongWork extends Div {

    private static final Logger LOG = System.getLogger(LongWork.class.getName());

    /** What is done sooner is shown at once, without a bar that flashes. */
    private static final long UNNOTICED = 150;

    private static final long REFRESH = 200;

    private final Span words = new Span();
    private final ProgressBar bar = new ProgressBar();
    private final Button cancel = new Button("Cancel");
    private transient @Nullable Ticket<?> current;
    private transient Runnable cancelled = () -> say("Cancelled. Ask again to start again.");

    /** Nothing is running. */
    public LongWork() {
        addClassName("hl-long-work");
        getElement().setAttribute("role", "status");
        cancel.addThemeVariants(ButtonVariant.LUMO_SMALL);
        cancel.addClickListener(event -> cancel());
        add(words, bar, cancel);
        setVisible(false);
    }

    /**
     * Waits for a computation in place of the one before.
     *
     * @param what is computed, for people
     * @param then told the result: at once where it is known or quick, later otherwise, and never if it is cancelled
     */
    public <V> void await(Ticket<V> ticket, String what, Consumer<V> then) {
        await(ticket, what, then, part -> {});
    }

    /**
     * The same for a value that grows.
     *
     * @param part told what is known of the value, each time that it is more
     */
    public <V> void await(Ticket<V> ticket, String what, Consumer<V> then, Consumer<V> part) {
        leave();
        current = ticket;
        try {
            V value = ticket.result().get(UNNOTICED, TimeUnit.MILLISECONDS);
            setVisible(false);
            then.accept(value);
        } catch (TimeoutException slow) {
            say(what + "…", true);
            UI ui = UI.getCurrent();
            Thread.ofVirtual().name("long-work").start(() -> watch(ui, ticket, then, part));
        } catch (ExecutionException failed) {
            failed(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <V> void watch(UI ui, Ticket<V> ticket, Consumer<V> then, Consumer<V> part) {
        CompletableFuture<V> result = ticket.result();
        V shown = null;
        while (!result.isDone()) {
            try {
                Thread.sleep(REFRESH);
            } catch (InterruptedException interrupted) {
                return;
            }
            onlyWhile(ui, ticket, () -> bar.setValue(Math.clamp(ticket.done(), 0, 1)));
            V known = ticket.soFar().orElse(null);
            if (known != null && known != shown && !result.isDone()) {
                shown = known;
                onlyWhile(ui, ticket, () -> part.accept(known));
            }
        }
        onlyWhile(ui, ticket, () -> {
            try {
                V value = result.get();
                setVisible(false);
                then.accept(value);
            } catch (ExecutionException failed) {
                failed(failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Does something to the page unless it waits for something else by now, or is gone. */
    private void onlyWhile(UI ui, Ticket<?> ticket, Runnable change) {
        if (ui.isAttached()) {
            ui.access(() -> {
                if (current == ticket) {
                    change.run();
                }
            });
        }
    }

    /** Says something in place of a bar. */
    public void say(String text) {
        say(text, false);
    }

    private void say(String text, boolean running) {
        words.setText(text);
        bar.setVisible(running);
        cancel.setVisible(running);
        bar.setValue(0);
        setVisible(true);
    }

    private void failed(Throwable why) {
        if (why instanceof Refusal unfit) {
            say(unfit.getMessage());
        } else if (why instanceof CancellationException) {
            say("Cancelled.");
        } else {
            LOG.log(Level.WARNING, "a computation failed", why);
            say("This could not be computed"
                    + (why instanceof OutOfMemoryError ? ": there is too little memory." : "."));
        }
    }

    private void cancel() {
        leave();
        cancelled.run();
    }

    /** Does something else than to say so when people end a computation. */
    public void onCancel(Runnable instead) {
        cancelled = instead;
    }

    /** Stops waiting, and shows nothing. */
    public void end() {
        leave();
        setVisible(false);
    }

    private void leave() {
        if (current != null) {
            current.leave();
            current = null;
        }
    }

    @Override
    protected void onDetach(DetachEvent event) {
        leave();
    }
}
