"""A guide of one move, as text: nothing is wrong with it, and nothing can be left out."""

PLAIN = """\
jiandu: 1
id: small
version: 1.0.0
title: 小案
status: trial
effective: {from: 2026-01-01}
open: {by: clerk}
initial: a
outcomes: {over: 办结}
roles: {clerk: {title: 书记员}}
states:
  a: {title: 甲, transitions: {go: {title: 去, by: clerk, to: b, outcome: over}}}
  b: {title: 乙, final: true}
"""
