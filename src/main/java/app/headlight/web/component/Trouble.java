package app.headlight.web.component;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.storage.DiskFullException;
import com.vaadin.flow.component.html.Span;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The line where a form says why something could not be done; its fields keep what was typed. */
public class Trouble extends Span {

    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    public Trouble() {
        addClassName("hl-trouble");
        getElement().setAttribute("role", "alert");
    }

    /**
     * Does something, and shows why if it was refused or the database failed.
     *
     * @return whether it was done
     */
    public boolean tried(Runnable action) {
        setText("");
        try {
            action.run();
            return true;
        } catch (Refusal refused) {
            setText(sentence(refused.getMessage()));
        } catch (DataAccessException | TransactionException gone) {
            LOG.warn("the database did not take what was written: {}", gone.getMessage());
            setText(
                    DiskFullException.isReasonOf(gone)
                            ? DiskFullException.IN_WORDS
                            : "Nothing was stored: the database cannot be reached, or stores nothing at the moment."
                                    + " What you typed stays here; save it again in a while.");
        }
        return false;
    }

    /** Says why something was refused. */
    public void say(String why) {
        setText(sentence(why));
    }

    /** A message with a capital at its beginning and a full stop at its end. */
    private static String sentence(String message) {
        String ended = message.endsWith(".") ? message : message + ".";
        return ended.substring(0, 1).toUpperCase(Locale.ROOT) + ended.substring(1);
    }
}
