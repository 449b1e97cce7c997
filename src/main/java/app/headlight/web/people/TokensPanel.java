package app.headlight.web.people;

import app.headlight.ground.people.AccessTokens;
import app.headlight.ground.people.AccessTokens.AccessToken;
import app.headlight.ground.people.Account;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;

/** One's access tokens for REST: made, shown once, revoked. */
class TokensPanel extends Div {

    private final AccessTokens tokens;
    private final Account account;
    private final TextField name = new TextField("What is it for?");
    private final TextField made = new TextField("The token, shown this once: copy it now");
    private final Trouble trouble = new Trouble();
    private final Div list = new Div();

    TokensPanel(AccessTokens tokens, Account account) {
        this.tokens = tokens;
        this.account = account;
        addClassNames("hl-panel", "hl-recipe");
        setId("tokens");
        name.setMaxLength(60);
        made.setReadOnly(true);
        made.setVisible(false);
        made.setId("made-token");
        list.addClassName("hl-list");
        Anchor api = new Anchor("api", "REST");
        api.getElement().setAttribute("router-ignore", true);
        Paragraph about =
                new Paragraph(new Span("A program that shows one to "), api, new Span(" may do what you may."));
        about.addClassName("hl-muted");
        add(new H2("Access tokens"), about, list, name, Rows.button("Make a token", this::make), made, trouble);
        show();
    }

    private void make() {
        trouble.tried(() -> {
            made.setValue(tokens.make(account, name.getValue()));
            made.setVisible(true);
            name.clear();
            show();
        });
    }

    private void show() {
        list.removeAll();
        tokens.of(account.id()).forEach(token -> list.add(row(token)));
    }

    private Div row(AccessToken token) {
        String used = token.usedAt() == null ? "never used" : "used last " + Rows.time(token.usedAt());
        return Rows.row(token.name(), "made " + Rows.time(token.madeAt()) + ", " + used, Rows.button("Revoke", () -> {
            tokens.revoke(account, token.id());
            made.setVisible(false);
            show();
        }));
    }
}
