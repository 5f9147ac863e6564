"""Ways through the dashboard that a manager takes: sharing, comparing, going back, without a mouse."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, expect

from tests.dashboard.conftest import Server, Visit, visiting


def test_an_address_that_is_shared_shows_another_reader_the_same(
    visit: Visit, browser: Browser, server: Server
) -> None:
    page = visit.open("/reconciliation")
    page.get_by_role("radio", name="硬性").click()
    expect(page.locator("article.finding-soft")).to_have_count(0)
    visit.drawn()
    address = urlsplit(page.url)
    assert parse_qs(address.query)["severity"] == ["hard"]
    findings = page.locator("article.finding").evaluate_all("cards => cards.map((card) => card.id)")
    with visiting(browser, server) as other:
        other.open(f"{address.path}?{address.query}")
        assert other.page.locator("article.finding").evaluate_all("cards => cards.map((card) => card.id)") == findings
        other.assert_clean()


def test_agencies_are_compared_side_by_side_and_taken_out_again(visit: Visit) -> None:
    page = visit.open("/applications?of=agency&agency=350582")
    field = page.get_by_role("combobox", name="比较单位")
    field.fill("安溪")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    page.wait_for_url(lambda url: "350524" in url)
    visit.drawn()
    assert parse_qs(urlsplit(page.url).query)["agency"] == ["350582,350524"]
    expect(page.locator(".picker-chips button")).to_have_count(2)
    for name in ("晋江市人民政府", "安溪县人民政府"):
        assert page.locator("table", has_text=name).count() > 0
    page.get_by_role("button", name="移除 晋江市人民政府").click()
    expect(page.locator(".picker-chips button")).to_have_count(1)
    visit.drawn()
    assert parse_qs(urlsplit(page.url).query)["agency"] == ["350524"]
    visit.assert_clean()


def test_the_back_button_leads_to_the_view_before(visit: Visit) -> None:
    page = visit.open("/reconciliation?severity=soft")
    page.locator(".report-group h2 a").first.click()
    page.wait_for_url("**/profile?**")
    visit.drawn()
    page.go_back()
    expect(page.locator("h1")).to_have_text("勾稽核对")
    visit.drawn()
    assert parse_qs(urlsplit(page.url).query)["severity"] == ["soft"]
    expect(page.locator("article.finding-hard")).to_have_count(0)
    visit.assert_clean()


def test_all_of_it_is_done_without_a_mouse(visit: Visit) -> None:
    """By the tab key alone: to another page, to an agency, to a cell of its form."""
    page = visit.open("/")

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} is not reached")

    tab_to("[data-testid=stTopNavLink][href*='profile']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="单位", exact=True)).to_be_visible()
    visit.drawn()
    tab_to("[role=combobox]")
    page.keyboard.type("晋江")
    expect(page.get_by_role("option", name="晋江市人民政府")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("晋江市人民政府")
    visit.drawn()
    tab_to("button[data-cell]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary")).to_contain_text("行")
    visit.assert_clean()
