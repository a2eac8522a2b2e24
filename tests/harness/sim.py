"""sim.py - the Telegram simulator from the people's side"""


class Sim:
    def __init__(self, url, token, process):
        self.url, self.token, self.process = url, token, process
