package app.headlight.web.page;

import app.headlight.services.models.StoredModel;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The message in place of a model that is not stored here (any more): its name, and the models that are stored. */
public class MissingModel extends Div {

    /** Empty, and not seen. */
    public MissingModel() {
        addClassName("hl-missing-model");
        getElement().setAttribute("role", "status");
        setVisible(false);
    }

    /** Says that something else is not there. */
    public void say(String heading, String words) {
        removeAll();
        setVisible(true);
        add(new H2(heading), new Paragraph(words));
    }

    /**
     * Says what is not there.
     *
     * @param name the model asked for; empty where no model is stored at all
     * @param stored the models to offer
     * @param address where the page shows a model, by the model's name
     */
    public void show(String name, List<StoredModel> stored, UnaryOperator<String> address) {
        removeAll();
        setVisible(true);
        if (stored.isEmpty()) {
            add(new Paragraph("No model is stored yet. Put one in a folder and name that folder in HEADLIGHT_MODELS."));
            return;
        }
        add(
                new H2("No model “" + name + "” is stored here (any more)"),
                new Paragraph(
                        new Text(
                                "It may have been deleted, or its address was cut off on the way, or it is one that the page "),
                        new Anchor("models", "Models"),
                        new Text(" says is refused. Stored here are:")));
        UnorderedList list = new UnorderedList();
        for (StoredModel model : stored) {
            list.add(new ListItem(new Anchor(address.apply(model.name()), model.name())));
        }
        add(list);
    }
}
