package app.headlight.web.people;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import app.headlight.web.page.HeaderPart;
import app.headlight.web.security.SignInLink;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.annotation.UIScope;
import com.vaadin.flow.spring.security.AuthenticationContext;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Who is signed in, with the way to their account and out; for a stranger, the way in. */
@SpringComponent
@UIScope
@Order(1)
public class AccountMenu extends Div implements HeaderPart {

    private final transient SignedIn signedIn;
    private final transient News news;
    private @Nullable MenuItem name;

    AccountMenu(SignedIn signedIn, AuthenticationContext session, News news) {
        this.signedIn = signedIn;
        this.news = news;
        setId("account-menu");
        addClassName("hl-account-menu");
        signedIn.current()
                .ifPresentOrElse(account -> add(menu(account, session)), () -> add(new SignInLink("Sign in")));
        if (name != null) {
            show();
            news.keep(this, this::show);
        }
    }

    @Override
    public Component control() {
        return this;
    }

    /** Says anew how much others said that has not been seen. */
    public final void show() {
        signedIn.current().filter(account -> name != null).ifPresent(account -> show(name, account));
    }

    private void show(MenuItem item, Account account) {
        int unseen = unseen(account);
        item.setText(account.name() + (unseen == 0 ? "" : " (" + unseen + " new)"));
        item.setAriaLabel("Signed in as " + account.name()
                + (unseen == 0 ? "" : "; " + unseen + " new about your findings, listed on the page Account"));
    }

    private int unseen(Account account) {
        try {
            return news.unseen(account.id());
        } catch (DataAccessException | TransactionException gone) {
            return 0; // the page is of use without it
        }
    }

    private MenuBar menu(Account account, AuthenticationContext session) {
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.LUMO_TERTIARY);
        name = bar.addItem(account.name());
        SubMenu menu = name.getSubMenu();
        menu.addItem("Account", event -> event.getSource().getUI().ifPresent(ui -> ui.navigate(AccountView.class)));
        if (account.role().includes(Role.ADMIN)) {
            menu.addItem("Admin", event -> event.getSource().getUI().ifPresent(ui -> ui.navigate(AdminView.class)));
        }
        // What was typed in this tab is not for whoever signs in next.
        menu.addItem(
                "Sign out",
                event -> UI.getCurrent()
                        .getPage()
                        .executeJs("sessionStorage.clear()")
                        .then(cleared -> session.logout()));
        return bar;
    }
}
