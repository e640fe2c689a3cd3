"""The Chinese texts.

In: nothing. Out: `zh.MESSAGES`, English template -> Chinese. One module for each part of plantrack; the English
stands where it is used, in `text("...")`.

Change the Chinese of a sentence here; change an English template here and there together. A test fails where one side
is missing or no longer used, or where the names in braces differ. The titles of codes stand in their pages
(`pages/zh`).
"""
